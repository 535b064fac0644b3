import type { Observable } from 'rxjs';
import { given, type Warn, WeirError, withCleanup } from '../base/index.ts';
import { NonFiniteLossError } from '../models/index.ts';
import { type Stages, unmeasured } from '../recipes/index.ts';
import {
  barrier,
  type Due,
  type Ended,
  either,
  every,
  type Run,
  type StepEvent,
  tapSafely,
} from '../streams/index.ts';
import { mayRollBack } from './alert-policies.ts';
import { elapsedOf } from './directory/elapsed-of.ts';
import { Reporter, writeReport } from './directory/report.ts';
import { readRunEvents } from './directory/run-event-log.ts';
import { RunLogs } from './directory/run-logs.ts';
import type { Report } from './directory/run-report.ts';
import type { StepLog } from './directory/step-log.ts';
import { RollbackError } from './errors.ts';
import { hasMetrics } from './events/has-metrics.ts';
import type { RunEvent, RunObserver } from './events/run-observer.ts';
import { firstSteps, phaseEvent, unreachedPhase } from './phase-events.ts';
import { rollBack } from './roll-back.ts';
import type { RunContext } from './run-context.ts';
import { Saver } from './saver.ts';

/** A task between two steps: an evaluation, for instance. An error of it ends the run. */
export interface Barrier {
  readonly due: Due<StepEvent>;
  task(event: StepEvent, signal: AbortSignal): unknown;
  /** Finishes what the tasks have left, after the last step. An error ends the run. */
  finish?(): Promise<void>;
}

/** What takes part in an execution beside its context. */
export interface Execution {
  /** See everything that happens; what they throw does not touch the run. They are closed. */
  readonly observers?: readonly RunObserver[];
  /** In this order, before the checkpoint. */
  readonly barriers?: readonly Barrier[];
  /** Measures the stages of the stream. */
  readonly stages?: Stages;
  /** Leaves the learner open for the caller, who closes it. */
  readonly keepOpen?: boolean;
}

/**
 * Trains from the learner's present step to the end that the config names, with log, checkpoints
 * and pictures in the run's directory, and writes the report.
 * @throws what ended the run, after the report is written: NonFiniteLossError,
 * CheckpointWriteError, ...; ReportWriteError where that failed; RunLockLostError, after which
 * nothing is written
 */
export async function execute(context: RunContext, execution: Execution = {}): Promise<Report> {
  const { directory, config, assembly, run, warn, events, control } = context;
  const { learner } = assembly;
  const logs = new RunLogs(context);
  events.add(logs, failedCheckpoints(warn), ...(execution.observers ?? []));
  const past = await readRunEvents(directory.events);
  const before = elapsedOf(past, learner.index);
  const reporter = new Reporter(config, learner.index, before);
  const saver = new Saver(context, logs.steps, reporter);
  // Rollbacks before a resume count too: whatever goes on here, lower rates have not been what it
  // needs.
  const rollbacks = past.filter(({ kind }) => kind === 'rollback').length;
  const firstStep = assembly.plan && firstSteps((event) => events.event(event));
  const parts = { log: logs.steps, reporter, saver, rollbacks, ...given({ firstStep }) };
  const saving = control.saves$.subscribe(() => void saveWhilePaused(run, parts.saver));
  let failed: Failed | undefined;

  const concluded = async (): Promise<Report> => {
    try {
      events.event({ kind: 'started', index: learner.index, steps: config.steps });
      const unreached = assembly.plan && unreachedPhase(assembly.plan, config.steps);
      if (unreached !== undefined) warn(unreached);
      await parts.saver.redraw();
      if (mayRollBack(config)) await parts.saver.finish();
      const { ended } = await trained(context, execution, parts);
      await parts.saver.finish();
      await events.finish();
      for (const barrier of execution.barriers ?? []) await barrier.finish?.();
      if (control.failure !== undefined) throw control.failure.error;
      const { path: checkpoint } = parts.saver;
      const dataSeconds = assembly.dataSeconds?.();
      const last = { ...(await finalResults(context)), ...given({ checkpoint, dataSeconds }) };
      directory.check();
      return reporter.report(ended === 'completed' ? 'finished' : 'stopped', learner.index, last);
    } catch (error) {
      failed = { error };
      return reporter.failure(error, learner.index);
    }
  };
  return withCleanup(
    async () => {
      const report = { ...(await concluded()), ...logs.settle() };
      const unreported = directory.held ? writeReport(directory, report) : undefined;
      const { ended, error, totalSeconds: elapsed } = report;
      events.event({ kind: 'ended', index: learner.index, ended, elapsed, ...given({ error }) });
      if (failed !== undefined) {
        if (unreported !== undefined) warn(unreported.message);
        throw failed.error;
      }
      if (unreported !== undefined) throw unreported;
      return report;
    },
    async () => {
      saving.unsubscribe();
      await events.close();
      logs.end();
      if (!execution.keepOpen) learner.close();
    },
  );
}

/** Warns of checkpoints that could not be written. */
function failedCheckpoints(warn: Warn): RunObserver {
  return {
    name: 'the warnings',
    onEvent(event) {
      if (event.kind === 'checkpoint-failed') warn(`no checkpoint at step ${event.index}: ${event.message}`);
    },
  };
}

/** Writes a checkpoint of a paused run. Where it fails, the run tries again after its next step. */
async function saveWhilePaused({ gate }: Run, saver: Saver): Promise<void> {
  const release = gate.hold();
  try {
    await saver.save();
  } catch {
  } finally {
    release();
  }
}

/** What has ended a run, be it `undefined`. */
interface Failed {
  readonly error: unknown;
}

interface RunParts {
  readonly log: StepLog;
  readonly saver: Saver;
  readonly reporter: Reporter;
  /** Rollbacks of the run so far. */
  readonly rollbacks: number;
  /** Tells of the first step of each player, in a run of several phases. */
  readonly firstStep?: (event: StepEvent) => void;
}

/** How often a run may be rolled back; after that, lower rates are not what it needs. */
const rollbackLimit = 3;

/** Trains to the end; from a checkpoint again whenever a rollback is asked for. */
async function trained(
  context: RunContext,
  execution: Execution,
  parts: RunParts,
): Promise<{ readonly ended: Ended }> {
  const { run, control, events, assembly } = context;
  for (let { rollbacks } = parts; ; rollbacks++) {
    try {
      const { plan, learner } = assembly;
      if (plan !== undefined) events.event(phaseEvent(plan, learner.index));
      return await run.done(compose(context, execution, parts));
    } catch (error) {
      if (!(error instanceof LeftForRollback)) events.event(faultOf(error, assembly.learner.index));
      const order = control.takeRollback();
      if (order === undefined) throw error;
      if (rollbacks >= rollbackLimit)
        throw new RollbackError(`rolled back ${rollbacks} times already (${order.reason})`, { cause: error });
      await rollBack(context, parts, order);
    }
  }
}

/** Ends the stream between two steps, so that the run can go on from elsewhere. */
class LeftForRollback extends Error {}

function faultOf(error: unknown, index: number): RunEvent {
  const message = error instanceof Error ? error.message : String(error);
  const player = error instanceof NonFiniteLossError ? { player: error.player } : {};
  return {
    kind: 'fault',
    index,
    code: error instanceof WeirError ? error.code : 'UNEXPECTED',
    message,
    ...player,
  };
}

/** The stream of the run. */
function compose(
  { config, directory, run, warn, events, assembly, control }: RunContext,
  { barriers = [], stages = unmeasured }: Execution,
  { log, saver, reporter, firstStep }: RunParts,
): Observable<StepEvent> {
  const { plan } = assembly;
  const regular = every(config.checkpointEvery);
  const planned = plan === undefined ? regular : either(regular, plan.borders);
  const side = (name: string) => (error: unknown) => {
    warn(`${name} was given up: ${error}`);
    events.lost(name);
  };

  const learned$ = assembly.events(run, stages).pipe(
    // Before the barriers, so that the log reaches as far as a checkpoint does.
    stages(
      'log',
      tapSafely(side('the log'), (event: StepEvent) => {
        if (!directory.lost) log.write(event);
      }),
    ),
  );
  const leave = () => {
    throw new LeftForRollback();
  };
  return barriers
    .reduce(
      (events$, { due, task }) => events$.pipe(stages('evaluate', barrier(due, run.gate, task))),
      learned$,
    )
    .pipe(
      barrier(
        () => directory.lost,
        run.gate,
        () => directory.check(),
      ),
      barrier(() => control.rollbackWanted, run.gate, leave),
      stages(
        'checkpoint',
        barrier(control.due(planned), run.gate, () => saver.save()),
      ),
      tapSafely(side('the report'), (event) => {
        if (hasMetrics(event)) reporter.note(event);
        events.step(event);
        firstStep?.(event);
        const next = event.index + 1;
        if (plan?.borders(event) && next < config.steps) events.event(phaseEvent(plan, next));
      }),
    );
}

/** Draws and scores the final state. A picture that cannot be written is a warning. */
async function finalResults({
  directory,
  assembly,
  warn,
  events,
}: RunContext): Promise<Pick<Report, 'picture' | 'quality' | 'verdict'>> {
  const verdict = await assembly.evaluate?.();
  directory.check();
  const judged = given({ quality: verdict?.quality, verdict: verdict?.text });
  if (assembly.draw === undefined) return judged;
  const picture = directory.sample('final');
  try {
    await assembly.draw(picture);
    events.event({ kind: 'samples', index: assembly.learner.index, path: picture });
    return { ...judged, picture };
  } catch (error) {
    warn(`no picture was drawn: ${error}`);
    return judged;
  }
}

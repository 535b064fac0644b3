import type { Observable } from 'rxjs';
import { WeirError, withCleanup } from '../base/index.ts';
import { NonFiniteLossError } from '../models/index.ts';
import { type Stages, type Trainable, unmeasured } from '../recipes/index.ts';
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
import { elapsedOf } from './directory/elapsed-of.ts';
import { type Report, Reporter, writeReport } from './directory/report.ts';
import type { RecordedConfig, RunDirectory } from './directory/run-directory.ts';
import { readRunEvents } from './directory/run-event-log.ts';
import { RunLogs } from './directory/run-logs.ts';
import type { StepLog } from './directory/step-log.ts';
import { RollbackError } from './errors.ts';
import { hasMetrics } from './events/has-metrics.ts';
import type { RunEvent, RunObserver } from './events/run-observer.ts';
import { RunObservers } from './events/run-observers.ts';
import { phaseEvent, unreachedPhase } from './phase-events.ts';
import { rollBack } from './roll-back.ts';
import type { RunControl } from './run-control.ts';
import { Saver } from './saver.ts';

/** A task between two steps: an evaluation, a roll-back. */
export interface Barrier {
  readonly due: Due<StepEvent>;
  /** Runs between two steps; its events go to all observers. */
  task(event: StepEvent, signal: AbortSignal, tell: Tell): unknown;
  /** Finishes what the tasks have left, after the last step. An error ends the run. */
  finish?(): Promise<void>;
}

/** Sends an event to all observers. */
export type Tell = (event: RunEvent) => void;

/**
 * An observer that also sends events, such as scores, and receives all others. With `fail` it ends
 * the run, in order and with this error.
 */
export type ObserverFactory = (tell: Tell, fail: (error: unknown) => void) => RunObserver;

/** A run with everything that executes and watches it. */
export interface Execution {
  readonly directory: RunDirectory;
  readonly config: RecordedConfig;
  readonly assembly: Trainable;
  readonly run: Run;
  /** Called with what went wrong without ending the run. */
  warn(message: string): void;
  /** Called with the name of each observer, or other side stream, that has failed and is gone. */
  lost?(observer: string): void;
  /** See everything that happens; what they throw does not touch the run. */
  readonly observers?: readonly RunObserver[];
  /** Observers that also send events. */
  readonly observerFactories?: readonly ObserverFactory[];
  /** In this order, before the checkpoint. An error of a task ends the run. */
  readonly barriers?: readonly Barrier[];
  /** What others may ask of the run; the run itself asks nothing. */
  readonly control?: RunControl;
  /** Leaves the learner open for the caller, who closes it. */
  readonly keepOpen?: boolean;
  /** Measures the stages of the stream. */
  readonly stages?: Stages;
}

/**
 * Trains from the learner's present step to the end that the config names, with log, checkpoints and pictures in
 * the run's directory, and writes the report.
 * @throws what ended the run, after the report is written: NonFiniteLossError, CheckpointWriteError, ...; ReportWriteError where
 * that failed; RunLockLostError, after which nothing is written
 */
export async function execute(execution: Execution): Promise<Report> {
  const { directory, config, assembly, run, warn, observers = [] } = execution;
  const { learner } = assembly;
  const tell: Tell = (event) => {
    if (event.kind === 'checkpoint-failed') warn(`no checkpoint at step ${event.index}: ${event.message}`);
    runObservers.event(event);
  };
  const logs = new RunLogs(execution, tell);
  const { steps: log } = logs;
  let failed: Failed | undefined;
  const fail = (error: unknown) => {
    failed ??= { error };
    run.stop();
  };
  const made = (execution.observerFactories ?? []).map((make) => make(tell, fail));
  const runObservers = new RunObservers([logs, ...observers, ...made], warn, execution.lost);
  const before = elapsedOf(await readRunEvents(directory.events), learner.index);
  const reporter = new Reporter(config, learner.index, before);
  const saver = new Saver(log, execution, tell, reporter);
  execution.control?.serve(tell, () => saver.save());

  const concluded = async (): Promise<Report> => {
    try {
      tell({ kind: 'started', index: learner.index, steps: config.steps });
      const unreached = assembly.plan && unreachedPhase(assembly.plan, config.steps);
      if (unreached !== undefined) warn(unreached);
      await saver.redraw();
      if (execution.control?.mayRollBack) await saver.finish();
      const { ended } = await trained(execution, { log, saver, reporter, runObservers, tell });
      await saver.finish();
      await runObservers.finish();
      if (failed !== undefined) throw failed.error;
      for (const barrier of execution.barriers ?? []) await barrier.finish?.();
      if (execution.control?.stopped !== undefined) throw execution.control.stopped;
      const last = {
        ...(await lastLook(execution, runObservers)),
        ...(saver.path === undefined ? {} : { checkpoint: saver.path }),
      };
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
      const why = error === undefined ? {} : { error };
      tell({ kind: 'ended', index: learner.index, ended, elapsed, ...why });
      if (failed !== undefined) {
        if (unreported !== undefined) warn(unreported.message);
        throw failed.error;
      }
      if (unreported !== undefined) throw unreported;
      return report;
    },
    async () => {
      await runObservers.close();
      logs.end();
      if (!execution.keepOpen) learner.close();
    },
  );
}

/** What has ended a run, be it `undefined`. */
interface Failed {
  readonly error: unknown;
}

interface RunParts {
  readonly log: StepLog;
  readonly saver: Saver;
  readonly reporter: Reporter;
  readonly runObservers: RunObservers;
  readonly tell: Tell;
}

/** How often a run may be rolled back; after that, lower rates are not what it needs. */
const rollbackLimit = 3;

/** Trains to the end; from a checkpoint again whenever a rollback is asked for. */
async function trained(execution: Execution, parts: RunParts): Promise<{ readonly ended: Ended }> {
  const { directory, run, control, assembly } = execution;
  // Those before a resume count too: whatever goes on here, lower rates have not been what it needs.
  const past = (await readRunEvents(directory.events)).filter(({ kind }) => kind === 'rollback');
  for (let rollbacks = past.length; ; rollbacks++) {
    try {
      const { plan, learner } = assembly;
      if (plan !== undefined) parts.tell(phaseEvent(plan, learner.index));
      return await run.done(compose(execution, parts));
    } catch (error) {
      if (!(error instanceof LeftForRollback))
        parts.runObservers.event(faultOf(error, assembly.learner.index));
      const order = control?.takeRollback();
      if (order === undefined) throw error;
      if (rollbacks >= rollbackLimit)
        throw new RollbackError(`rolled back ${rollbacks} times already (${order.reason})`, { cause: error });
      await rollBack(execution, parts, order);
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
  execution: Execution,
  { log, saver, reporter, runObservers, tell }: RunParts,
): Observable<StepEvent> {
  const { config, directory, run, warn, lost, assembly, barriers = [], control } = execution;
  const { stages = unmeasured } = execution;
  const { plan } = assembly;
  const regular = every(config.checkpointEvery);
  const planned = plan === undefined ? regular : either(regular, plan.borders);
  const side = (name: string) => (error: unknown) => {
    warn(`${name} was given up: ${error}`);
    lost?.(name);
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
      (events$, { due, task }) =>
        events$.pipe(
          stages(
            'evaluate',
            barrier(due, run.gate, (event, signal) => task(event, signal, tell)),
          ),
        ),
      learned$,
    )
    .pipe(
      barrier(
        () => directory.lost,
        run.gate,
        () => directory.check(),
      ),
      barrier(() => control?.rollbackWanted ?? false, run.gate, leave),
      stages(
        'checkpoint',
        barrier(control?.due(planned) ?? planned, run.gate, () => saver.save()),
      ),
      tapSafely(side('the report'), (event) => {
        if (hasMetrics(event)) reporter.note(event);
        runObservers.step(event);
        const next = event.index + 1;
        if (plan?.borders(event) && next < config.steps) tell(phaseEvent(plan, next));
      }),
    );
}

/** Draws and scores the final state. A picture that cannot be written is a warning. */
async function lastLook(
  { directory, assembly, warn }: Execution,
  runObservers: RunObservers,
): Promise<Pick<Report, 'picture' | 'quality' | 'verdict'>> {
  const verdict = await assembly.evaluate?.();
  directory.check();
  const judged = verdict === undefined ? {} : { quality: verdict.quality, verdict: verdict.text };
  if (assembly.draw === undefined) return judged;
  const picture = directory.sample('final');
  try {
    await assembly.draw(picture);
    runObservers.event({ kind: 'samples', index: assembly.learner.index, path: picture });
    return { ...judged, picture };
  } catch (error) {
    warn(`no picture was drawn: ${error}`);
    return judged;
  }
}

import type { Observable } from 'rxjs';
import { WeirError } from '../base/index.ts';
import { NonFiniteLossError } from '../models/index.ts';
import { between, type Due, type Ended, every, type Run, type TurnEvent, witness } from '../streams/index.ts';
import {
  Audience,
  EventLog,
  type Notice,
  NoticeLog,
  type Observer,
  readNotices,
  tells,
} from '../telemetry/index.ts';
import type { Assembly } from './assembly.ts';
import { elapsedOf } from './elapsed-of.ts';
import { RollbackError } from './errors.ts';
import { logDue } from './log-due.ts';
import { evaluationPlayer } from './read-evaluations.ts';
import { type Report, Reporter } from './report.ts';
import { rollBack } from './roll-back.ts';
import type { RunConfig, RunDirectory } from './run-directory.ts';
import { Saver } from './saver.ts';
import { type Stages, unmeasured } from './stages.ts';
import type { Steering } from './steering.ts';

/** Something that must see the run stand still: an evaluation, a rollback. */
export interface Barrier {
  readonly due: Due<TurnEvent>;
  /** Between two turns; what it tells goes to all observers, and scores into the log too. */
  task(event: TurnEvent, signal: AbortSignal, tell: Tell): unknown;
}

/** Tells observers what has happened. */
export type Tell = (notice: Notice) => void;

/** An observer that has something to tell itself, such as scores; it is told of all that happens too. */
export type Aside = (tell: Tell) => Observer;

/** A run and its surroundings. */
export interface Execution {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly assembly: Assembly;
  readonly run: Run;
  /** Told what went wrong without ending the run. */
  warn(message: string): void;
  /** Told the name of each observer, or other side stream, that has failed and is gone. */
  lost?(observer: string): void;
  /** See everything that happens; what they throw does not touch the run. */
  readonly observers?: readonly Observer[];
  /** Observers that tell. */
  readonly asides?: readonly Aside[];
  /** In this order, before the checkpoint. An error of a task ends the run. */
  readonly barriers?: readonly Barrier[];
  /** What others may ask of the run; the run itself asks nothing. */
  readonly steering?: Steering;
  /** Measures the stages of the stream. */
  readonly stages?: Stages;
}

/**
 * Trains from the learner's present turn to the end that the config names, with log, checkpoints and pictures in
 * the run's directory, and writes the report.
 * @throws what ended the run, after the report is written: NonFiniteLossError, CheckpointWriteError, ...; RunLockLostError, after
 * which nothing is written
 */
export async function execute(execution: Execution): Promise<Report> {
  const { directory, config, assembly, warn, observers = [] } = execution;
  const { learner } = assembly;
  const log = new EventLog(directory.log);
  const told: Tell = (notice) => {
    if (notice.kind === 'evaluation') logScores(log, notice);
    audience.notice(notice);
  };
  const asides = (execution.asides ?? []).map((aside) => aside(told));
  const audience = new Audience(
    [whileHeld(directory, new NoticeLog(directory.notices)), ...observers, ...asides],
    warn,
    execution.lost,
  );
  const before = elapsedOf(await readNotices(directory.notices), learner.index);
  const reporter = new Reporter(config, learner.index, before);
  const saver = new Saver(log, execution, audience, reporter);
  const tell = (report: Report) => {
    if (directory.held) directory.report(report);
    const { ended, error, totalSeconds: elapsed } = report;
    audience.notice({
      kind: 'ended',
      index: learner.index,
      ended,
      elapsed,
      ...(error === undefined ? {} : { error }),
    });
    return report;
  };
  execution.steering?.serve(
    (notice) => audience.notice(notice),
    () => saver.save(),
  );
  try {
    audience.notice({ kind: 'started', index: learner.index, steps: config.steps });
    await saver.redraw();
    if (execution.steering?.mayRollBack) await saver.finish();
    const { ended } = await trained(execution, { log, saver, reporter, audience, told });
    await saver.finish();
    if (execution.steering?.stopped !== undefined) throw execution.steering.stopped;
    const last = {
      ...(await lastLook(execution, audience)),
      ...(saver.path === undefined ? {} : { checkpoint: saver.path }),
    };
    directory.check();
    return tell(reporter.report(ended === 'completed' ? 'finished' : 'stopped', learner.index, last));
  } catch (error) {
    tell(reporter.failure(error, learner.index));
    throw error;
  } finally {
    await audience.close();
    if (directory.lost) log.discard();
    log.close();
    learner.close();
  }
}

interface Staff {
  readonly log: EventLog;
  readonly saver: Saver;
  readonly reporter: Reporter;
  readonly audience: Audience;
  readonly told: Tell;
}

/** How often a run may be rolled back; after that, lower rates are not what it needs. */
const rollbackLimit = 3;

/** Trains to the end; from a checkpoint again whenever a rollback is asked for. */
async function trained(execution: Execution, staff: Staff): Promise<{ readonly ended: Ended }> {
  const { directory, run, steering, assembly } = execution;
  // Those before a resume count too: whatever goes on here, lower rates have not been what it needs.
  const past = (await readNotices(directory.notices)).filter(({ kind }) => kind === 'rollback');
  for (let rollbacks = past.length; ; rollbacks++) {
    try {
      return await run.done(compose(execution, staff));
    } catch (error) {
      if (!(error instanceof LeftForRollback)) staff.audience.notice(faultOf(error, assembly.learner.index));
      const order = steering?.takeRollback();
      if (order === undefined) throw error;
      if (rollbacks >= rollbackLimit)
        throw new RollbackError(`rolled back ${rollbacks} times already (${order.reason})`, { cause: error });
      await rollBack(execution, staff, order);
    }
  }
}

/** A log of a directory that others may have by now is written no further. */
function whileHeld(directory: RunDirectory, log: NoticeLog): Observer {
  return { name: log.name, notice: (notice) => void (directory.held && log.notice(notice)) };
}

/** Ends the stream between two turns, so that the run can go on from elsewhere. */
class LeftForRollback extends Error {}

function faultOf(error: unknown, index: number): Notice {
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
  { log, saver, reporter, audience, told }: Staff,
): Observable<TurnEvent> {
  const { config, directory, run, warn, lost, assembly, barriers = [], steering } = execution;
  const { stages = unmeasured } = execution;
  const planned = every(config.checkpointEvery);
  const due = logDue(config.logEvery, assembly.learner.index);
  const side = (name: string) => (error: unknown) => {
    warn(`${name} was given up: ${error}`);
    lost?.(name);
  };

  const learned$ = assembly.events(run, stages).pipe(
    // Before the barriers, so that the log reaches as far as a checkpoint does.
    stages(
      'log',
      witness(side('the log'), (event: TurnEvent) => {
        if (due(event) && !directory.lost) log.write(event);
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
            between(due, run.gate, (event, signal) => task(event, signal, told)),
          ),
        ),
      learned$,
    )
    .pipe(
      between(
        () => directory.lost,
        run.gate,
        () => directory.check(),
      ),
      between(() => steering?.rollbackWanted ?? false, run.gate, leave),
      stages(
        'checkpoint',
        between(steering?.due(planned) ?? planned, run.gate, () => saver.save()),
      ),
      witness(side('the report'), (event) => {
        if (tells(event)) reporter.note(event);
        audience.event(event);
      }),
    );
}

/** Scores go to the last turn that they know of, so that a run which resumes behind it keeps them. */
function logScores(
  log: EventLog,
  { index, seconds, values }: Notice & { readonly kind: 'evaluation' },
): void {
  log.write({ index: index - 1, player: evaluationPlayer, seconds, values });
}

/** Draws and judges what the run has come to. A picture that cannot be written is a warning. */
async function lastLook(
  { directory, assembly, warn }: Execution,
  audience: Audience,
): Promise<Pick<Report, 'picture' | 'quality' | 'verdict'>> {
  const verdict = await assembly.judge();
  directory.check();
  const judged = verdict === undefined ? {} : { quality: verdict.quality, verdict: verdict.text };
  const picture = directory.sample('final');
  try {
    await assembly.draw(picture);
    audience.notice({ kind: 'samples', index: assembly.learner.index, path: picture });
    return { ...judged, picture };
  } catch (error) {
    warn(`no picture was drawn: ${error}`);
    return judged;
  }
}

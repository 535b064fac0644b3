import { type Observable, take, tap } from 'rxjs';
import { shuffled } from '../data/index.ts';
import { alongside, between, every, pump, type Run, type TurnEvent } from '../streams/index.ts';
import { EventLog } from '../telemetry/index.ts';
import type { Assembly } from './assemble.ts';
import { type Report, Reporter } from './report.ts';
import type { RunConfig, RunDirectory } from './run-directory.ts';
import { Saver } from './saver.ts';
import { picturedSamples, score, writePicture } from './show-samples.ts';

/** A run and its surroundings. */
export interface Execution {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly assembly: Assembly;
  readonly run: Run;
  /** Told what went wrong without ending the run. */
  warn(message: string): void;
  /** Sees every event; what it throws does not touch the run. */
  watch?(event: TurnEvent): void;
}

/**
 * Trains from the trainer's present turn to the end that the config names, with log, checkpoints and pictures in
 * the run's directory, and writes the report.
 * @throws what ended the run, after the report is written: NonFiniteLossError, CheckpointWriteError, ...
 */
export async function execute(execution: Execution): Promise<Report> {
  const { directory, config, assembly, run } = execution;
  const { trainer } = assembly;
  const log = new EventLog(directory.log);
  const saver = new Saver(log, execution);
  const reporter = new Reporter(config, trainer.index);
  try {
    const { ended } = await run.done(compose(execution, log, saver, reporter));
    await saver.finish();
    const last = {
      ...(await lastSamples(execution)),
      ...(saver.path === undefined ? {} : { checkpoint: saver.path }),
    };
    const report = reporter.report(ended === 'completed' ? 'finished' : 'stopped', trainer.index, last);
    directory.report(report);
    return report;
  } catch (error) {
    directory.report(reporter.failure(error, trainer.index));
    throw error;
  } finally {
    log.close();
    trainer.close();
  }
}

/** The stream of the run. */
function compose(
  execution: Execution,
  log: EventLog,
  saver: Saver,
  reporter: Reporter,
): Observable<TurnEvent> {
  const { config, run, warn } = execution;
  const { trainer, dataset, schedule } = execution.assembly;
  const batches = shuffled(dataset, { size: config.batch, seed: config.seed, start: trainer.index });
  const side = (name: string) => (error: unknown) => warn(`${name} was given up: ${error}`);

  return pump(batches, run).pipe(
    schedule,
    take(config.steps - trainer.index),
    trainer.learn(run.gate),
    // Before the barrier, so that the log reaches as far as a checkpoint does.
    alongside(side('the log'), (events$) =>
      events$.pipe(tap((event) => event.index % config.logEvery === 0 && log.write(event))),
    ),
    between(every(config.checkpointEvery), run.gate, () => saver.save()),
    alongside(side('progress'), (events$) =>
      events$.pipe(
        tap((event) => reporter.note(event)),
        tap((event) => execution.watch?.(event)),
      ),
    ),
  );
}

/** Draws and scores what the run has come to. A picture that cannot be written is a warning. */
async function lastSamples({
  directory,
  assembly,
  warn,
}: Execution): Promise<Pick<Report, 'picture' | 'quality'>> {
  const { trainer, dataset } = assembly;
  const samples = await trainer.sample(picturedSamples[dataset.kind]);
  const quality = score(samples, dataset);
  const scores = quality === undefined ? {} : { quality };
  const picture = directory.sample('final');
  try {
    writePicture(picture, samples, dataset);
    return { ...scores, picture };
  } catch (error) {
    warn(`no picture was drawn: ${error}`);
    return scores;
  }
}

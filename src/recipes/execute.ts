import { take, tap } from 'rxjs';
import { monotonicSeconds, WeirError } from '../base/index.ts';
import { shuffled } from '../data/index.ts';
import type { MixtureQuality } from '../evaluation/index.ts';
import { alongside, between, every, pump, type Run, type TurnEvent } from '../streams/index.ts';
import { EventLog } from '../telemetry/index.ts';
import type { Assembly } from './assemble.ts';
import type { RunConfig, RunDirectory } from './run-directory.ts';
import { Saver } from './saver.ts';
import { picturedSamples, score, writePicture } from './show-samples.ts';

/** How a run ended: all its steps done, asked to stop, or ended by an error. */
export type Ending = 'finished' | 'stopped' | 'failed';

/** What `report.json` holds. Figures are of this execution: a resumed run reports what it did since. */
export interface Report {
  readonly recipe: string;
  readonly data: string;
  readonly engine: string;
  readonly ended: Ending;
  readonly error?: { readonly code: string; readonly message: string };
  /** Turns done since the very beginning. */
  readonly steps: number;
  /** The turn at which this execution began: 0, or that of the checkpoint. */
  readonly startedAt: number;
  readonly seconds: number;
  readonly stepsPerSecond: number;
  /** The last values of each player. */
  readonly values: Readonly<Record<string, TurnEvent['values']>>;
  readonly quality?: MixtureQuality;
  readonly picture?: string;
  readonly checkpoint?: string;
}

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
  const { directory, config, assembly, run, warn } = execution;
  const { trainer, dataset } = assembly;
  const startedAt = trainer.index;
  const began = monotonicSeconds();
  const log = new EventLog(directory.log);
  const values = new Map<string, TurnEvent['values']>();
  const saver = new Saver(execution);

  const training$ = pump(
    shuffled(dataset, { size: config.batch, seed: config.seed, start: startedAt }),
    run,
  ).pipe(
    assembly.schedule,
    take(config.steps - startedAt),
    trainer.learn(run.gate),
    tap((event) => values.set(event.player, event.values)),
    tap((event) => event.index % config.logEvery === 0 && log.write(event)),
    between(every(config.checkpointEvery), run.gate, async () => {
      log.flush();
      await saver.save();
    }),
    alongside(
      (error) => warn(`progress: ${error}`),
      (events$) => events$.pipe(tap((event) => execution.watch?.(event))),
    ),
  );

  const report = (ended: Ending, rest: Partial<Report>): Report => {
    const seconds = monotonicSeconds() - began;
    const { recipe, data, engine } = config;
    const done = trainer.index - startedAt;
    return {
      ...{ recipe, data, engine, ended, steps: trainer.index, startedAt, seconds },
      stepsPerSecond: done / seconds,
      values: Object.fromEntries(values),
      ...rest,
    };
  };

  try {
    const summary = await run.done(training$);
    log.flush();
    await saver.finish();
    const samples = await trainer.sample(picturedSamples[dataset.kind]);
    const picture = directory.sample('final');
    writePicture(picture, samples, dataset);
    const quality = score(samples, dataset);
    const ended = summary.ended === 'completed' ? 'finished' : 'stopped';
    const result = report(ended, { picture, ...(quality ? { quality } : {}), checkpoint: saver.path! });
    directory.report(result);
    return result;
  } catch (error) {
    const code = error instanceof WeirError ? error.code : 'UNEXPECTED';
    directory.report(report('failed', { error: { code, message: String(error) } }));
    throw error;
  } finally {
    log.close();
    trainer.close();
  }
}

import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Observable } from 'rxjs';
import { stopOnSignals, version, type Warn, warnProcess, wholeNumber, withCleanup } from '../base/index.ts';
import { checkLogEvery, type LogEvery, type Trainable } from '../recipes/index.ts';
import type { Run, StepEvent } from '../streams/index.ts';
import type { Report } from './directory/report.ts';
import { type RecordedConfig, RunDirectory } from './directory/run-directory.ts';
import { RunDirectoryError } from './errors.ts';
import type { RunObserver } from './events/run-observer.ts';
import { execute } from './execute.ts';
import { resume } from './resume.ts';

/** The run of a script. */
export interface Recording extends Pick<Trainable, 'learner' | 'draw' | 'evaluate'> {
  /** The run directory: new or empty, or that of this run, which then goes on. */
  readonly dir: string;
  /** What the run is called where others have the name of a recipe. @default the name of the script */
  readonly name?: string;
  /** All that the steps depend on, as JSON: a run goes on only with an equal one. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Steps since the beginning after which the run ends. */
  readonly steps: number;
  /** The stream of the run, from the learner's present step on; called once the learner is restored. */
  events(): Observable<StepEvent>;
  /** The seed, for the list of runs. @default 0 */
  readonly seed?: number;
  /** What the data is called. @default `script` */
  readonly data?: string;
  /** The name of the engine. @default `script` */
  readonly engine?: string;
  /** Steps between checkpoints. @default a tenth of the steps */
  readonly checkpointEvery?: number;
  /** Which steps have a line in the log. @default `auto` */
  readonly logEvery?: LogEvery;
  /** See all that happens: a live page, metrics, a progress line. */
  readonly observers?: readonly RunObserver[];
  /** Told what went wrong without ending the run. @default a warning of the Node.js process */
  readonly warn?: Warn;
}

/**
 * Trains as a recipe does: with a directory that is locked, a config, logs, checkpoints and a report. Where the directory holds
 * this run already, it goes on from its newest good checkpoint. The first SIGINT, SIGTERM or SIGHUP stops the run in order.
 * The learner stays open, so that the script can go on with it.
 * @throws RunDirectoryError where the directory holds another run; RangeError for an option against its rule, or where all
 * steps are done; what ended the run
 */
export async function record(run: Run, recording: Recording): Promise<Report> {
  const { learner, events, draw, evaluate, observers = [], warn = warnProcess } = recording;
  const config = configOf(recording);
  const directory = new RunDirectory(recording.dir);
  const assembly: Trainable = {
    learner,
    data: config.data,
    events,
    ...(draw && { draw }),
    ...(evaluate && { evaluate }),
  };
  const unlock = directory.lock();
  process.once('exit', unlock);
  const forget = stopOnSignals(run, warn);
  return withCleanup(
    async () => {
      const before = directory.scriptConfig();
      if (before === undefined) directory.create(config);
      else {
        requireSame(before, config, directory);
        await resume(directory, config, assembly, warn);
        directory.update(config);
      }
      return execute({ directory, config, assembly, run, observers, warn, keepOpen: true });
    },
    () => {
      forget();
      process.off('exit', unlock);
      unlock();
    },
  );
}

function configOf(recording: Recording): RecordedConfig {
  const { name, data = 'script', engine = 'script' } = recording;
  const script = process.argv[1] ?? 'script';
  const steps = wholeNumber('record: steps', recording.steps, 1);
  const every = recording.checkpointEvery ?? Math.ceil(steps / 10);
  return {
    weir: version,
    script,
    recipe: name ?? basename(script).replace(/\.\w+$/, ''),
    data,
    engine,
    steps,
    seed: wholeNumber('record: seed', recording.seed ?? 0),
    checkpointEvery: wholeNumber('record: checkpointEvery', every, 1),
    logEvery: checkLogEvery('record: logEvery', recording.logEvery ?? 'auto'),
    // What JSON makes of it, as it comes back from the file.
    options: JSON.parse(JSON.stringify(recording.config)),
  };
}

/** @throws RunDirectoryError naming the first value that differs */
function requireSame(before: RecordedConfig, now: RecordedConfig, { path }: RunDirectory): void {
  const flat = ({ recipe, data, seed, options }: RecordedConfig) => {
    const own = Object.entries(options).map(([name, value]) => [`config.${name}`, value] as const);
    return new Map<string, unknown>([['name', recipe], ['data', data], ['seed', seed], ...own]);
  };
  const [theirs, ours] = [flat(before), flat(now)];
  for (const name of new Set([...theirs.keys(), ...ours.keys()])) {
    if (isDeepStrictEqual(theirs.get(name), ours.get(name))) continue;
    const [expected, got] = [JSON.stringify(theirs.get(name)), JSON.stringify(ours.get(name))];
    throw new RunDirectoryError(
      `record: ${name}: expected ${expected ?? 'none'} as the run in ${path} began with, got ${got ?? 'none'}; name another dir for another run`,
    );
  }
}

import { given, type OptionNames, requireOptions, warnProcess, wholeNumber } from '../base/index.ts';
import type { Engine } from '../engine/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { Run } from '../streams/index.ts';
import type { RunConfig } from './directory/run-config.ts';
import { RunDirectory } from './directory/run-directory.ts';
import type { Report } from './directory/run-report.ts';
import { openScorer } from './evaluation/scorer.ts';
import { openAssembly } from './open-assembly.ts';
import { perform } from './perform.ts';
import { hookNames, type RunHooks } from './recording.ts';
import { goOn } from './resume.ts';
import { runContext } from './run-context.ts';

/** Where a run goes on in another way than it began. */
export interface ResumeOptions extends RunHooks {
  /** The handle that pauses and stops it. @default a new one */
  readonly run?: Run;
  /** Of a run that a script has recorded with a recipe of its own: that recipe. */
  readonly recipe?: Recipe;
  /** Steps since the beginning after which the run ends. @default as configured */
  readonly steps?: number;
  /** The same data, where it has moved. */
  readonly data?: string;
  /** An engine, its name, or what opens it. @default the engine of the run */
  readonly engine?: string | Engine | ((config: RunConfig) => Promise<Engine>);
  /** The same feature network, where it has moved. */
  readonly features?: string;
  /** Threads that read and decode batches ahead. @default as configured */
  readonly decodeWorkers?: number;
}

const names: OptionNames<ResumeOptions> = {
  ...hookNames,
  run: true,
  recipe: true,
  steps: true,
  data: true,
  engine: true,
  features: true,
  decodeWorkers: true,
};

/**
 * Goes on with the run of a recipe from its newest good checkpoint, from any working directory. The
 * report of a run that has finished is returned at once, unless `steps` has grown.
 * @throws RunDirectoryError where the directory holds no run, or one that a script has recorded
 * and no `recipe` is given: `record` in that script goes on with it; RangeError for an option
 * against its rule; what ended the run
 */
export async function resumeRun(dir: string, options: ResumeOptions = {}): Promise<Report> {
  requireOptions('resumeRun', options, names);
  const directory = new RunDirectory(dir);
  const { recipe } = options;
  const before = directory.config(recipe);
  const { warn = warnProcess, say, run = new Run({ warn }), observers, extensions } = options;
  const steps = wholeNumber('steps', options.steps ?? before.steps, 1);
  const engine = typeof options.engine === 'function' ? await options.engine(before) : options.engine;
  const workers = decodeWorkersOf(options);
  const opened = await openAssembly(
    { ...before, ...workers },
    { engine, data: options.data, recipe, steps, warn },
  );
  const { assembly } = opened;
  const config: RunConfig = {
    ...before,
    ...workers,
    ...movedFeatures(before, options),
    ...(options.onAlert && { onAlert: { ...before.onAlert, ...options.onAlert } }),
    steps,
    data: opened.data,
    engine: opened.engine.name,
  };
  const context = runContext({ directory, config, assembly, run, warn });
  return perform({
    context,
    openScorer: () => openScorer(assembly, config.evaluation!, opened.engine),
    begin: () => goOn(context, say),
    say: say ?? warn,
    ...given({ observers, extensions }),
  });
}

/** The number of threads, where the options name another one. */
function decodeWorkersOf({ decodeWorkers: wanted }: ResumeOptions): Pick<RunConfig, 'decodeWorkers'> {
  if (wanted === undefined) return {};
  return { decodeWorkers: wholeNumber('decodeWorkers', wanted, 0, 64) };
}

/**
 * The evaluations of the run with the features at another place; their hash must be the one of the
 * run.
 */
function movedFeatures(
  { evaluation }: RunConfig,
  { features }: ResumeOptions,
): Pick<RunConfig, 'evaluation'> {
  if (features === undefined) return {};
  if (evaluation !== undefined) return { evaluation: { ...evaluation, features } };
  throw new RangeError('features: expected a run that is evaluated, got one that is not');
}

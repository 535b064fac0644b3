import { given } from '../base/index.ts';
import type { LogEvery } from '../recipes/index.ts';
import { type ConfigFile, ConfigFileError, type Path, readConfigFile } from '../runs/index.ts';
import type { Evaluating } from './evaluating.ts';
import { type Launch, launchFields } from './launch-fields.ts';
import type { Supervision } from './watchers.ts';

/** The options of `weir train`. */
export interface TrainingOptions extends Supervision, Evaluating {
  readonly data?: string;
  readonly engine?: string;
  readonly steps?: number;
  readonly batch?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly set?: ReadonlyMap<string, unknown>;
  readonly checkpointEvery?: number;
  readonly logEvery?: LogEvery;
  readonly decodeWorkers?: number;
}

/** What a run is started with: a recipe, options, and where each of them stands. */
export interface Start {
  readonly recipe: string;
  readonly options: TrainingOptions;
  /** The text of the configuration. */
  readonly source?: string;
  /** The version of weir that has written the configuration. */
  readonly writtenBy?: string;
  /** An error about a value of the configuration with file, line and column of it. */
  locate(error: unknown): unknown;
}

/**
 * Joins the options of the command line with a configuration file, which they override: value by
 * value, `--set` by hyper-parameter and `--on-alert` by alert.
 * @throws ConfigFileError; RangeError where no recipe is named
 */
export function startOf(
  recipe: string | undefined,
  { config, ...options }: TrainingOptions & { readonly config?: string },
): Start {
  if (config === undefined) {
    if (recipe === undefined)
      throw new RangeError('<recipe>: expected the name of a recipe or --config, got neither');
    return { recipe, options, locate: (error) => error };
  }
  const file = readConfigFile<Launch>(config, { recipe, more: launchFields });
  const named = recipe ?? file.values.recipe;
  if (named === undefined)
    throw new RangeError(`<recipe>: expected the name of a recipe, here or in ${config}, got neither`);
  const { weir } = file.values;
  return {
    recipe: named,
    options: joined(file, options),
    source: file.text,
    ...given({ writtenBy: weir }),
    locate: (error) => located(error, file, options),
  };
}

function joined({ values }: ConfigFile<Launch>, options: TrainingOptions): TrainingOptions {
  const { weir: _, recipe: __, options: set = {}, evaluation = {}, onAlert = {}, ...run } = values;
  const { every, background, scores, hash, ...others } = evaluation;
  const alerts = [...policyTexts(onAlert), ...(options.onAlert ?? [])];
  return {
    ...run,
    ...others,
    ...given({ evaluateEvery: every, evaluateAsync: background, metrics: scores?.join(',') }),
    // Of other features the hash is another one.
    ...(options.features === undefined && given({ hash })),
    ...options,
    set: new Map<string, unknown>([...Object.entries(set), ...(options.set ?? [])]),
    ...(alerts.length > 0 && { onAlert: alerts }),
  };
}

const policyTexts = (policies: object) =>
  Object.entries(policies).map(([alert, policy]) => `${alert}=${policy}`);

/** Where options of a run have one name in an error, and another in a configuration. */
const pathsByName: Readonly<Record<string, Path>> = { dir: ['out'] };

/** The options of the command line by the path of a configuration. */
const flagsByPath: Readonly<Record<string, keyof TrainingOptions>> = {
  'evaluation.every': 'evaluateEvery',
  'evaluation.background': 'evaluateAsync',
  'evaluation.scores': 'metrics',
};

/** An error about a value of the file that no option of the command line overrides. */
function located(error: unknown, file: ConfigFile, options: TrainingOptions): unknown {
  if (!(error instanceof Error) || error instanceof ConfigFileError) return error;
  const [, set, name] = /^(set )?([\w.-]+)(?: \w+)?: expected /.exec(error.message) ?? [];
  if (name === undefined) return error;
  if (set === undefined ? isChosen(name, options) : options.set?.has(name)) return error;
  const path = set === undefined ? (pathsByName[name] ?? name.split('.')) : ['options', name];
  const place = file.placeOf(path);
  if (place === undefined) return error;
  const message = error.message.replace(/^set /, 'options.').replace(/^dir:/, 'out:');
  return new ConfigFileError(`${place}: ${message}`, { cause: error });
}

function isChosen(name: string, options: TrainingOptions): boolean {
  const option = flagsByPath[name] ?? name.replace(/^evaluation\./, '').replace(/^dir$/, 'out');
  return Object.hasOwn(options, option);
}

import { given, wholeNumber } from '../base/index.ts';
import type { Dataset } from '../data/index.ts';
import { resolveOptions } from './option.ts';
import type { Preset, Recipe } from './recipe.ts';

/**
 * Which steps have a line in the log: of each player one in so many, or as the number of steps
 * grows.
 */
export type LogEvery = number | 'auto';

/** What a user may say of a run; everything else comes from the recipe. */
export interface RunOptions {
  readonly steps?: number;
  readonly batch?: number;
  readonly seed?: number;
  readonly checkpointEvery?: number;
  readonly logEvery?: LogEvery;
  /** Threads that read and decode batches ahead. @default 0: they are read between steps */
  readonly decodeWorkers?: number;
  /** Hyper-parameters by name, as text or as JSON. */
  readonly set?: ReadonlyMap<string, unknown>;
}

/** All that decides a run beside its data and engine. Goes into `config.yaml`. */
export interface Settings {
  /** Steps of the schedule: updates of all players together. */
  readonly steps: number;
  readonly batch: number;
  readonly seed: number;
  readonly checkpointEvery: number;
  readonly logEvery: LogEvery;
  /** Threads that read batches ahead; absent where they are read between steps. */
  readonly decodeWorkers?: number;
  readonly options: Readonly<Record<string, number | string>>;
}

/**
 * The options of a run, checked and completed from the recipe's preset; of a GAN, that for this
 * kind of data.
 * @param dataset none for an agent
 * @throws RangeError naming what is wrong
 */
export function resolveSettings(recipe: Recipe, dataset: Dataset | undefined, chosen: RunOptions): Settings {
  const preset = presetOf(recipe, dataset);
  const steps = wholeNumber('steps', chosen.steps ?? preset.steps, 1);
  const decodeWorkers = decodeWorkersOf(recipe, chosen.decodeWorkers);
  return {
    steps,
    batch: batchSize(recipe, chosen.batch ?? preset.batch, dataset),
    seed: wholeNumber('seed', chosen.seed ?? 1),
    checkpointEvery: wholeNumber(
      'checkpointEvery',
      chosen.checkpointEvery ?? Math.max(1, Math.ceil(steps / 10)),
      1,
    ),
    logEvery: checkLogEvery('logEvery', chosen.logEvery ?? 'auto'),
    ...given({ decodeWorkers }),
    options: resolveOptions(recipe.options, preset.options, chosen.set ?? new Map()),
  };
}

/** The rule of `--log-every`: `auto` or a number of steps. @throws RangeError naming the option */
export function checkLogEvery(name: string, value: unknown): LogEvery {
  return value === 'auto' ? value : wholeNumber(name, value as number, 1);
}

const mostDecodeWorkers = 64;

/** @returns undefined for none */
function decodeWorkersOf({ name, kind }: Recipe, wanted = 0): number | undefined {
  const workers = wholeNumber('decodeWorkers', wanted, 0, mostDecodeWorkers);
  if (workers > 0 && kind === 'agent')
    throw new RangeError(
      `decodeWorkers: expected none for recipe ${name}, which reads no data, got ${workers}`,
    );
  return workers === 0 ? undefined : workers;
}

function presetOf(recipe: Recipe, dataset: Dataset | undefined): Preset {
  if (recipe.kind === 'agent') return { ...recipe.preset, batch: 1 };
  const preset = dataset && recipe.presets[dataset.kind];
  if (preset !== undefined) return preset;
  const kinds = Object.keys(recipe.presets).join(' or ');
  const got = dataset === undefined ? 'none' : `${dataset.name}, which is ${dataset.kind}`;
  throw new RangeError(`data: expected ${kinds} for recipe ${recipe.name}, got ${got}`);
}

function batchSize(recipe: Recipe, wanted: number, dataset: Dataset | undefined): number {
  if (dataset === undefined) {
    if (wanted === 1) return wanted;
    throw new RangeError(
      `batch: expected none for recipe ${recipe.name}, whose agent takes steps, got ${wanted}; weir list ${recipe.name} shows its options`,
    );
  }
  const batch = wholeNumber('batch', wanted, 1, 65_536);
  if (batch <= dataset.size) return batch;
  throw new RangeError(
    `batch: expected at most the ${dataset.size} examples of ${dataset.name}, got ${batch}`,
  );
}

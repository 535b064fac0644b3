import { type Warn, warnProcess } from '../base/index.ts';
import type { Dataset } from '../data/index.ts';
import { type Engine, type OpenedEngine, openEngine } from '../engine/index.ts';
import { type Assembly, findRecipe, type Recipe } from '../recipes/index.ts';
import { assembleRecipe } from './assemble.ts';
import type { RunConfig } from './directory/run-config.ts';
import { openData } from './open-data.ts';

/** Where a run is opened in another way than its config says. */
export interface OpeningOptions {
  /** An engine, or its name. @default the engine of the run */
  readonly engine?: string | Engine | undefined;
  /** The same data, where it has moved. */
  readonly data?: string | undefined;
  /** Of a run that a script has recorded with a recipe of its own: that recipe. */
  readonly recipe?: Recipe | undefined;
  /** Steps of the run, where it has more than its config says. */
  readonly steps?: number | undefined;
  /** Told of what is left out or replaced. @default a warning of the Node.js process */
  readonly warn?: Warn | undefined;
}

/** A run on an engine. */
export interface OpenedAssembly {
  readonly assembly: Assembly;
  readonly engine: Engine;
  /** The spec of the data, with absolute paths. */
  readonly data: string;
  /** What the run learns from; undefined for an agent. */
  readonly dataset: Dataset | undefined;
}

/**
 * Opens engine and data of a run and assembles it at its first step.
 * @throws what opening them throws
 */
export async function openAssembly(config: RunConfig, options: OpeningOptions = {}): Promise<OpenedAssembly> {
  const { engine: wanted, data: named, steps = config.steps, warn = warnProcess } = options;
  const { recipe = findRecipe(config.recipe) } = options;
  const { data, dataset } = await openData(recipe, named ?? config.data, config, warn);
  const engine =
    wanted === undefined || typeof wanted === 'string'
      ? (await openRunEngine(config, wanted, warn)).engine
      : wanted;
  const assembly = assembleRecipe(recipe, { ...config, steps, data }, dataset, engine);
  return { assembly, engine, data, dataset };
}

/**
 * Opens the engine of a run: the one of the given name, else the one that the run has had.
 * @throws as `openEngine` does
 */
export async function openRunEngine(
  { engine: recorded }: Pick<RunConfig, 'engine'>,
  named: string | undefined,
  warn: Warn = warnProcess,
): Promise<OpenedEngine> {
  const opened = await openEngine(named ?? recorded, { warn });
  // A run records the engine that `auto` took: what was missing then may be missing still.
  if (named === undefined && recorded === 'wasm') await openEngine('auto', { warn });
  return opened;
}

import { version, wholeNumber } from '../../base/index.ts';
import { openEngine } from '../../engine/index.ts';
import type { LogEvery } from '../../recipes/index.ts';
import { findRecipe, resolveSettings } from '../../recipes/index.ts';
import {
  type EvaluationOptions,
  freeRunDirectory,
  openData,
  type RunConfig,
  RunDirectory,
  resolveEvaluation,
} from '../../runs/index.ts';
import { type Alerting, policiesIn } from '../alerting.ts';
import { type Console, warner } from '../console.ts';
import type { Serving } from '../serving.ts';

interface Options extends Serving, Alerting, EvaluationOptions {
  readonly data?: string;
  readonly engine: string;
  readonly steps?: number;
  readonly batch?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly set?: Map<string, string>;
  readonly checkpointEvery?: number;
  readonly logEvery?: LogEvery;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `weir train <recipe>`: a new run in a new directory. */
export async function trainRecipe(console: Console, name: string, options: Options): Promise<void> {
  const recipe = findRecipe(name);
  const seed = wholeNumber('--seed', options.seed ?? 1);
  if (options.out !== undefined) new RunDirectory(options.out).requireEmpty();
  // The order matters: all that can be wrong is found before a directory is made.
  const { data, dataset } = await openData(recipe, options.data, { seed }, warner(console, options));
  const settings = resolveSettings(recipe, dataset, { ...options, seed });
  const evaluation = await resolveEvaluation(recipe, options);
  const { engine, reason } = await openEngine(options.engine, {
    warn: warner(console, options),
  });
  const config: RunConfig = {
    weir: version,
    recipe: recipe.name,
    data,
    engine: engine.name,
    ...settings,
    ...(evaluation && { evaluation }),
    ...policiesIn(options),
  };
  const directory =
    options.out === undefined ? freeRunDirectory('runs', recipe.name) : new RunDirectory(options.out);
  const { supervise } = await import('../supervise.ts');
  await supervise({
    ...options,
    console,
    directory,
    config,
    dataset,
    engine,
    reason,
    serving: options,
    alerting: options,
    begin: () => directory.create(config),
  });
}

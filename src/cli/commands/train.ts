import { given } from '../../base/index.ts';
import { openEngine } from '../../engine/index.ts';
import { findRecipe, type LogEvery } from '../../recipes/index.ts';
import { freeRunDirectory, record } from '../../runs/index.ts';
import { type Console, warner } from '../console.ts';
import { type Evaluating, evaluationIn } from '../evaluating.ts';
import { supervise } from '../supervise.ts';
import type { Supervision } from '../watchers.ts';

interface Options extends Supervision, Evaluating {
  readonly data?: string;
  readonly engine: string;
  readonly steps?: number;
  readonly batch?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly set?: Map<string, string>;
  readonly checkpointEvery?: number;
  readonly logEvery?: LogEvery;
}

/** `weir train <recipe>`: a new run in a new directory. */
export async function trainRecipe(console: Console, name: string, options: Options): Promise<void> {
  const recipe = findRecipe(name);
  const dir = options.out ?? freeRunDirectory('runs', recipe.name).path;
  const { data, steps, batch, seed, set, checkpointEvery, logEvery } = options;
  const evaluation = evaluationIn(options);
  await supervise(console, dir, options, ({ run, measured, ...hooks }) =>
    record(run, {
      ...hooks,
      dir,
      recipe,
      resume: false,
      engine: () => measured(() => openEngine(options.engine, { warn: warner(console, options) })),
      ...given({ data, steps, batch, seed, set, checkpointEvery, logEvery, evaluation }),
    }),
  );
}

import { given, version } from '../../base/index.ts';
import { openEngine } from '../../engine/index.ts';
import { findRecipe } from '../../recipes/index.ts';
import { freeRunDirectory, record } from '../../runs/index.ts';
import { type Console, warner } from '../console.ts';
import { evaluationIn } from '../evaluating.ts';
import { supervise } from '../supervise.ts';
import { type Start, startOf, type TrainingOptions } from '../training-options.ts';

/** `weir train [recipe]`: a new run in a new directory. */
export async function trainRecipe(
  console: Console,
  name: string | undefined,
  options: TrainingOptions & { readonly config?: string },
): Promise<void> {
  const start = startOf(name, options);
  const { writtenBy } = start;
  if (writtenBy !== undefined && writtenBy !== version)
    warner(
      console,
      options,
    )(`the configuration was written by version ${writtenBy}; a run of ${version} may differ from that one`);
  try {
    await train(console, start);
  } catch (error) {
    throw start.locate(error);
  }
}

async function train(console: Console, { recipe: name, options, source }: Start): Promise<void> {
  const recipe = findRecipe(name);
  const dir = options.out ?? freeRunDirectory('runs', recipe.name).path;
  const {
    data,
    engine = 'auto',
    steps,
    batch,
    seed,
    set,
    checkpointEvery,
    logEvery,
    decodeWorkers,
  } = options;
  const evaluation = evaluationIn(options);
  await supervise(console, dir, options, ({ run, measured, ...hooks }) =>
    record(run, {
      ...hooks,
      dir,
      recipe,
      resume: false,
      engine: () => measured(() => openEngine(engine, { warn: warner(console, options) })),
      ...given({ data, steps, batch, seed, set, checkpointEvery, logEvery, decodeWorkers }),
      ...given({ evaluation, source }),
    }),
  );
}

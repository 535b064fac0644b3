import { grid25 } from '../../src/data/index.ts';
import { cpuEngine } from '../../src/engine/index.ts';
import { findRecipe, type RunOptions, resolveSettings } from '../../src/recipes/index.ts';
import { assemble, openData, type RunConfig, RunDirectory } from '../../src/runs/index.ts';

const tiny = new Map([
  ['width', '4'],
  ['depth', '1'],
]);

/** The config of a small run on the 25 Gaussians. */
export function smallConfig(wishes: RunOptions = {}, recipe = 'wgan-gp'): RunConfig {
  const settings = resolveSettings(findRecipe(recipe), grid25(), {
    steps: 20,
    batch: 8,
    checkpointEvery: 5,
    set: tiny,
    ...wishes,
  });
  return { weir: '0.1.0', recipe, data: 'grid25', engine: 'cpu', ...settings };
}

/** A run of an agent in a new directory, at its first step. */
export async function agentRun(
  path: string,
  recipe: string,
  set: Readonly<Record<string, number>>,
  steps: number,
) {
  const options = new Map(Object.entries(set).map(([name, value]) => [name, String(value)]));
  const found = findRecipe(recipe);
  const settings = resolveSettings(found, undefined, { steps, checkpointEvery: steps, set: options });
  const { data } = await openData(found, undefined, { seed: settings.seed });
  const config: RunConfig = { weir: '0.1.0', recipe, data, engine: 'cpu', ...settings };
  const directory = new RunDirectory(path);
  directory.create(config);
  const assembly = assemble(config, undefined, await cpuEngine());
  if (assembly.kind !== 'agent') throw new Error(`${recipe} is no agent`);
  return { config, directory, assembly };
}

/** A small run in a new directory, at its first step. */
export async function smallRun(path: string, wishes: RunOptions = {}, recipe = 'wgan-gp') {
  const config = smallConfig(wishes, recipe);
  const directory = new RunDirectory(path);
  directory.create(config);
  const assembly = assemble(config, grid25({ seed: config.seed }), await cpuEngine());
  if (assembly.kind !== 'gan') throw new Error(`${recipe} is no GAN`);
  return { config, directory, assembly };
}

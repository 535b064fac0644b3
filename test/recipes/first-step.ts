import { ring8, shapes } from '../../src/data/index.ts';
import { cpuEngine, flattenTree, type Value } from '../../src/engine/index.ts';
import { train } from '../../src/models/index.ts';
import { findRecipe, type GanRecipe, resolveSettings } from '../../src/recipes/index.ts';
import type { Step } from '../../src/streams/index.ts';

const datasets = { points: ring8(), images: shapes({ side: 16 }) };
const engine = await cpuEngine();

/** A recipe in tiny networks with some of its options set, as the command line would set them. */
export function tiny(
  name: string,
  set: Readonly<Record<string, number | string>> = {},
  kind: 'points' | 'images' = 'points',
) {
  const recipe = findRecipe(name) as GanRecipe;
  const dataset = datasets[kind];
  const small = kind === 'points' ? { width: 4, depth: 1 } : { filters: 2, latent: 2 };
  const given = Object.entries({ ...small, ...set }).map(([option, value]) => [option, `${value}`] as const);
  const { options } = resolveSettings(recipe, dataset, { set: new Map(given) });
  return { dataset, options, ...recipe.build(options, dataset) };
}

/** What `steps` steps of one player, from the beginning on, tell and leave behind. */
export async function firstSteps(
  { system, dataset }: ReturnType<typeof tiny>,
  player: string,
  { size = 1, steps = 1, seed = 1 } = {},
) {
  const trainer = train(system, engine, { seed });
  const batch = dataset.read(Array.from({ length: size }, (_, i) => i));
  const told: Readonly<Record<string, number>>[] = [];
  const states: Map<string, Value>[] = [];
  for (let index = 0; index < steps; index++) {
    told.push((await trainer.step({ index, player, batch } as Step<typeof batch>)).values);
    states.push(flattenTree(trainer.tensors()));
  }
  trainer.close();
  return { values: told[0]!, states };
}

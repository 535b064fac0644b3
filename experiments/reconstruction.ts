// Measures whether the critic of pairs makes an encoder invert the generator: on the ring, the mean
// distance from an example to its reconstruction, beside the distance to samples of unrelated
// codes.
//   npm run experiment reconstruction [seeds]
import { pathToFileURL } from 'node:url';
import { type Mixture, ring8 } from 'weir-streams/data';
import { type Engine, openEngine } from 'weir-streams/engine';
import { findRecipe, type GanRecipe } from '../src/recipes/index.ts';
import { trained } from './results.ts';

const compared = 2500;

/** Mean distances in the units of the data. */
export interface Distances {
  /** From x to G(E(x)), over the batch of the generator's last step. */
  readonly own: number;
  /** From x to G(z), z having nothing to do with x. */
  readonly unrelated: number;
}

/** Trains a recipe with an encoder and looks at what it rebuilds. */
export async function distances(
  recipe: GanRecipe,
  dataset: Mixture,
  seed: number,
  engine: Engine,
): Promise<Distances> {
  const { trainer } = await trained(recipe, dataset, seed, engine);
  const own = trainer.latest('generator')!.reconstruction!;
  const { data: made } = await trainer.sample(compared);
  trainer.close();
  const { data } = dataset.read(Array.from({ length: compared }, (_, i) => i)).examples;
  let unrelated = 0;
  for (let i = 0; i < data.length; i += 2)
    unrelated += Math.hypot(data[i]! - made[i]!, data[i + 1]! - made[i + 1]!) / compared;
  return { own, unrelated };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { engine } = await openEngine('auto');
  console.log('| recipe | seed | to its own reconstruction | to an unrelated one |\n|---|---|---|---|');
  for (const name of ['bigan', 'ali'])
    for (let seed = 1; seed <= Number(process.argv[2] ?? 3); seed++) {
      const { own, unrelated } = await distances(findRecipe(name) as GanRecipe, ring8(), seed, engine);
      console.log(`| \`${name}\` | ${seed} | ${own.toFixed(3)} | ${unrelated.toFixed(3)} |`);
    }
}

// Measures how often a conditional GAN makes the class that it is asked for: on the ring, sample i
// is asked to be of mode i modulo 8, and is right where that is the nearest centre.
//   npm run experiment class-accuracy
import { pathToFileURL } from 'node:url';
import { type Mixture, ring8 } from 'weir-streams/data';
import { type Engine, openEngine } from 'weir-streams/engine';
import { findRecipe, type GanRecipe } from '../src/recipes/index.ts';
import { trained } from './results.ts';

const asked = 2400;

/** The share of samples, from 0 to 1, whose nearest centre is that of the class asked for. */
export async function classAccuracy(
  recipe: GanRecipe,
  dataset: Mixture,
  seed: number,
  engine: Engine,
): Promise<number> {
  const { trainer } = await trained(recipe, dataset, seed, engine);
  const { data } = await trainer.sample(asked);
  trainer.close();
  let right = 0;
  for (let i = 0; i < asked; i++) {
    const distances = dataset.centres.map(([x, y]) => Math.hypot(data[2 * i]! - x, data[2 * i + 1]! - y));
    if (distances.indexOf(Math.min(...distances)) === i % dataset.centres.length) right++;
  }
  return right / asked;
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const { engine } = await openEngine('auto');
  console.log('| recipe | seed | share of samples of the class asked for |\n|---|---|---|');
  for (const name of ['cgan', 'ac-gan', 'projection-gan', 'stacked-gan'])
    for (const seed of [1, 2, 3]) {
      const share = await classAccuracy(findRecipe(name) as GanRecipe, ring8(), seed, engine);
      console.log(`| \`${name}\` | ${seed} | ${share.toFixed(4)} |`);
    }
}

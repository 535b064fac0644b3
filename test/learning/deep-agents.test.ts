import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder, weir } from '../support/weir.ts';

const root = scratchFolder();

/** What a recipe as it is must come to over 100 greedy episodes, and in how many of its seeds. */
const targets = [
  { recipe: 'cart-pole-dqn', atLeast: 475, seeds: [1, 2, 3, 4, 5], inAtLeast: 4 },
  { recipe: 'cart-pole-ppo', atLeast: 475, seeds: [1, 2, 3, 4, 5], inAtLeast: 4 },
  { recipe: 'cart-pole-a2c', atLeast: 375, seeds: [1, 2, 3, 4, 5], inAtLeast: 4 },
  { recipe: 'cart-pole-reinforce', atLeast: 475, seeds: [1, 2, 3, 4, 5], inAtLeast: 4 },
  { recipe: 'acrobot-ppo', atLeast: -100, seeds: [1, 2, 3], inAtLeast: 3 },
  { recipe: 'pendulum-ppo', atLeast: -250, seeds: [1, 2, 3], inAtLeast: 3 },
  { recipe: 'pendulum-sac', atLeast: -160, seeds: [1, 2, 3], inAtLeast: 2 },
  { recipe: 'pendulum-td3', atLeast: -160, seeds: [1, 2, 3], inAtLeast: 2 },
  { recipe: 'mountain-car-continuous-sac', atLeast: 93, seeds: [1, 2, 3], inAtLeast: 2 },
  { recipe: 'mountain-car-continuous-td3', atLeast: 93, seeds: [1, 2, 3], inAtLeast: 2 },
  { recipe: 'catch-ball-dqn', atLeast: 0.95, seeds: [1, 2, 3], inAtLeast: 2 },
  { recipe: 'mountain-car-dqn', atLeast: -120, seeds: [1, 2, 3], inAtLeast: 2 },
] as const;

async function trained(recipe: string, seed: number): Promise<number> {
  const out = join(root, `${recipe}-${seed}`);
  const args = ['--seed', String(seed), '--json', '--quiet', '--no-serve', '--out', out];
  const { stdout } = await weir('train', recipe, ...args);
  const { quality, seconds } = JSON.parse(stdout);
  console.info(
    `${recipe}, seed ${seed}: ${quality.returnMean.toFixed(1)} +- ${quality.returnDeviation.toFixed(1)} in ${seconds.toFixed(0)} s`,
  );
  return quality.returnMean;
}

describe.each(targets)('$recipe', ({ recipe, atLeast, seeds, inAtLeast }) => {
  it(`comes to at least ${atLeast} in ${inAtLeast} of ${seeds.length} seeds`, async () => {
    const means: number[] = [];
    for (const seed of seeds) means.push(await trained(recipe, seed));
    expect(means.filter((mean) => mean >= atLeast).length, `${means}`).toBeGreaterThanOrEqual(inAtLeast);
  });
});

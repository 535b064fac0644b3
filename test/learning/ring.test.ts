import { describe, expect, it } from 'vitest';
import { classAccuracy } from '../../experiments/class-accuracy.ts';
import { type Outcome, once } from '../../experiments/results.ts';
import { ring8 } from '../../src/data/index.ts';
import { openEngine } from '../../src/engine/index.ts';
import { findRecipe, type GanRecipe } from '../../src/recipes/index.ts';

const { engine } = await openEngine('auto');
const ring = ring8();
const recipeOf = (name: string) => findRecipe(name) as GanRecipe;
const middle = (of: readonly Outcome[], value: 'modes' | 'highQuality' | 'reverseKl') =>
  of.map((outcome) => outcome[value]).sort((a, b) => a - b)[of.length >> 1]!;

async function overSeeds(name: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const seed of [1, 2, 3]) outcomes.push(await once(recipeOf(name), ring, seed, engine));
  console.info(
    name,
    JSON.stringify(outcomes.map(({ modes, highQuality, reverseKl }) => ({ modes, highQuality, reverseKl }))),
  );
  return outcomes;
}

describe('on the ring of eight Gaussians, medians over three seeds', () => {
  it('a GAN whose loss does not saturate finds most modes, and is no worse than the pure game', async () => {
    const [plain, pure] = [await overSeeds('gan'), await overSeeds('gan-minimax')];
    expect(middle(plain, 'highQuality')).toBeGreaterThanOrEqual(0.6);
    expect(middle(plain, 'modes')).toBeGreaterThanOrEqual(5);
    expect(middle(plain, 'highQuality')).toBeGreaterThanOrEqual(middle(pure, 'highQuality') - 0.05);
  });

  it('a critic that compares the examples of its batch has all modes, evenly', async () => {
    const compared = await overSeeds('minibatch-discrimination');
    expect(middle(compared, 'modes')).toBe(8);
    expect(middle(compared, 'highQuality')).toBeGreaterThanOrEqual(0.85);
    expect(middle(compared, 'reverseKl')).toBeLessThan(0.05);
  });

  it('packing cures what is left of collapse', async () => {
    const packed = await overSeeds('pacgan');
    expect(middle(packed, 'modes')).toBe(8);
    expect(middle(packed, 'highQuality')).toBeGreaterThanOrEqual(0.8);
    expect(middle(packed, 'reverseKl')).toBeLessThan(0.1);
  });

  it('an unrolled generator keeps all modes', async () => {
    const unrolled = await overSeeds('unrolled-gan');
    expect(middle(unrolled, 'modes')).toBe(8);
    expect(middle(unrolled, 'highQuality')).toBeGreaterThanOrEqual(0.7);
    expect(middle(unrolled, 'reverseKl')).toBeLessThan(0.1);
  });

  it('a penalised Wasserstein critic has all modes, over 95 % of high quality, evenly', async () => {
    const penalised = await overSeeds('wgan-gp');
    expect(middle(penalised, 'modes')).toBe(8);
    expect(middle(penalised, 'highQuality')).toBeGreaterThanOrEqual(0.95);
    expect(middle(penalised, 'reverseKl')).toBeLessThan(0.02);
  });
});

describe('asked for a class of the ring', () => {
  it.each(['cgan', 'ac-gan', 'projection-gan'])('%s makes it', async (name) => {
    const all = [];
    for (const seed of [1, 2, 3])
      all.push(await classAccuracy(findRecipe(name) as GanRecipe, ring, seed, engine));
    console.info(name, JSON.stringify(all));
    expect(all.sort((a, b) => a - b)[1]).toBeGreaterThan(0.99);
  });
});

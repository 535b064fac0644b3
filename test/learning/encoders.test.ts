import { describe, expect, it } from 'vitest';
import { meaning } from '../../experiments/codes.ts';
import { once } from '../../experiments/results.ts';
import { ring8 } from '../../src/data/index.ts';
import { onnxEngine } from '../../src/engine/index.ts';
import { findRecipe, type GanRecipe } from '../../src/recipes/index.ts';

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

async function onRing(name: string) {
  const engine = await onnxEngine();
  const outcomes = [];
  for (const seed of [1, 2, 3])
    outcomes.push(await once(findRecipe(name) as GanRecipe, ring8(), seed, engine));
  console.info(
    name,
    outcomes.map(({ modes, highQuality, reverseKl }) => [modes, highQuality, reverseKl]),
  );
  return {
    modes: median(outcomes.map(({ modes }) => modes)),
    reverseKl: median(outcomes.map(({ reverseKl }) => reverseKl)),
  };
}

describe('on the ring', () => {
  it('MRGAN forgets no mode', async () => {
    const { modes, reverseKl } = await onRing('mrgan');
    expect(modes).toBe(8);
    expect(reverseKl).toBeLessThan(0.15);
  });

  it('ALI finds nearly all of them', async () => {
    const { modes, reverseKl } = await onRing('ali');
    expect(modes).toBeGreaterThanOrEqual(7);
    expect(reverseKl).toBeLessThan(0.45);
  });

  it('the codes of an InfoGAN come to stand for modes, one for each', async () => {
    const engine = await onnxEngine();
    const found = [];
    for (const seed of [1, 2, 3]) found.push(await meaning(seed, 4_000, engine));
    console.info(found);
    expect(median(found.map(({ mutualInformation }) => mutualInformation))).toBeGreaterThan(2.0);
    expect(median(found.map(({ purity }) => purity))).toBeGreaterThan(0.95);
  });
});

import { expect, it } from 'vitest';
import { greedyVerdict } from '../../../src/recipes/rl/greedy-verdict.ts';
import { frozenLake } from '../../../src/rl/index.ts';

it('says what greedy episodes are worth, in figures and in words', async () => {
  // Down and right along the safe way of the lake that is not slippery.
  const way: Readonly<Record<number, number>> = { 0: 1, 4: 1, 8: 2, 9: 1, 13: 2, 14: 2 };
  const actor = { greedy: (cell: number) => way[cell]! };
  expect(await greedyVerdict(frozenLake({ slippery: false }), actor)).toEqual({
    quality: { returnMean: 1, returnDeviation: 0, lengthMean: 6 },
    text: 'greedy return 1.00 +- 0.00 over 100 episodes of 6.0 steps',
  });
});

import { expect, it } from 'vitest';
import { type Dataset, grid25 } from '../../../src/data/index.ts';
import { cpuEngine } from '../../../src/engine/index.ts';
import { identityFeatures } from '../../../src/evaluation/index.ts';
import { memorisationCheck } from '../../../src/runs/index.ts';

const range = (start: number, end: number) => Array.from({ length: end - start }, (_, i) => start + i);

/** A part of the grid, as a dataset of its own. */
function part(start: number, size: number): Dataset {
  const grid = grid25();
  return { ...grid, size, read: (indices) => grid.read(Array.from(indices, (index) => start + index)) };
}

it('memorisationCheck tells a generator that copies its training data from one that does not', async () => {
  const [training, heldOut] = [part(0, 200), part(200, 300)];
  const given = { training, heldOut, features: identityFeatures(), engine: await cpuEngine() };
  const copies = await memorisationCheck({ ...given, samples: training.read(range(0, 100)).examples });
  expect(copies).toMatchObject({ examples: 200, ratio: 0, copies: 1 });
  const honest = await memorisationCheck({ ...given, samples: grid25().read(range(1000, 1200)).examples });
  expect(Math.abs(honest.ratio - 1)).toBeLessThan(0.2);
  expect(honest.copies).toBeLessThan(0.8);
});

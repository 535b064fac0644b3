import { expect, it } from 'vitest';
import { eachBlock } from '../../src/evaluation/blocks.ts';
import { matrixOf } from '../../src/evaluation/rows.ts';

it('eachBlock visits every pair once, in blocks of bounded size', async () => {
  const matrix = (count: number) => matrixOf('x', { shape: [count, 1], data: new Float64Array(count) });
  const seen = new Set<string>();
  const told: number[] = [];
  await eachBlock(
    matrix(5),
    matrix(3),
    ({ a, b, row, column }) => {
      expect(Math.max(a.count, b.count)).toBeLessThanOrEqual(2);
      for (let i = 0; i < a.count; i++)
        for (let j = 0; j < b.count; j++) seen.add(`${row + i},${column + j}`);
    },
    { size: 2, onProgress: (done, total) => told.push(done / total) },
  );
  expect(seen.size).toBe(15);
  expect(told).toHaveLength(6);
  expect(told.at(-1)).toBe(1);
});

import { expect, it } from 'vitest';
import { nearestRows } from '../../src/evaluation/nearest-rows.ts';
import { matrixOf } from '../../src/evaluation/rows.ts';

it('nearestRows finds the nearest row across blocks', async () => {
  const many = matrixOf('x', { shape: [2100, 1], data: Float64Array.from({ length: 2100 }, (_, i) => i) });
  const asked = matrixOf('x', { shape: [3, 1], data: [2050.2, 3, -1] });
  const { rows, distances } = await nearestRows(asked, many);
  expect([...rows]).toEqual([2050, 3, 0]);
  expect(distances[0]).toBeCloseTo(0.04, 9);
  expect([distances[1], distances[2]]).toEqual([0, 1]);
});

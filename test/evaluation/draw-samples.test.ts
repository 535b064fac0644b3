import { expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { drawSamples } from '../../src/evaluation/draw-samples.ts';

it('drawSamples puts parts of a hundred together, each of its own seed', async () => {
  const asked: [number, number][] = [];
  const draw = async (count: number, seed: number) => {
    asked.push([count, seed]);
    return Value.filled([count, 2, 1], seed);
  };
  const samples = await drawSamples(draw, 250, 3);
  expect(samples.shape).toEqual([250, 2, 1]);
  expect([samples.data[0], samples.data[199], samples.data[200], samples.data[499]]).toEqual([
    3000, 3000, 3001, 3002,
  ]);
  expect(asked).toEqual([
    [100, 3000],
    [100, 3001],
    [100, 3002],
  ]);
  expect((await drawSamples(draw, 7)).data).toHaveLength(14);
  await expect(drawSamples(draw, 0)).rejects.toThrow('count: expected a whole number from 1, got 0');
});

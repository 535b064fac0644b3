import { describe, expect, it } from 'vitest';
import {
  type FilterMatrix,
  inputsOfTiles,
  minimalFilter,
  outputsOfTiles,
  transposed,
} from '../../../../src/engine/onnx/layout/minimal-filter.ts';

const times = (matrix: FilterMatrix, vector: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i]!, 0));

describe('the minimal filter', () => {
  it('is bilinear in taps and inputs, and right for each pair of them', () => {
    for (const tap of [0, 1])
      for (const input of [0, 1, 2, 3, 4]) {
        const g = times(
          minimalFilter.taps,
          [0, 1].map((i) => Number(i === tap)),
        );
        const d = times(
          minimalFilter.inputs,
          [0, 1, 2, 3, 4].map((i) => Number(i === input)),
        );
        const y = times(
          minimalFilter.outputs,
          g.map((value, i) => value * d[i]!),
        );
        for (const [place, value] of y.entries())
          expect(value).toBeCloseTo(Number(place + tap === input), 14);
      }
  });

  it.each([1, 3, 4, 6, 8])('makes %d outputs of tiles in a row', (places) => {
    const count = Math.ceil(places / 4);
    const inputs = Array.from({ length: places + 1 }, (_, i) => (i * i) % 7);
    const g = times(minimalFilter.taps, [2, -3]).flatMap((value) => new Array<number>(count).fill(value));
    const products = times(inputsOfTiles(count, places + 1), inputs).map((value, i) => value * g[i]!);
    for (const [i, value] of times(outputsOfTiles(count, places), products).entries())
      expect(value).toBeCloseTo(2 * inputs[i]! - 3 * inputs[i + 1]!, 12);
  });

  it('has its matrices transposed by rows', () =>
    expect(transposed([[1, 2, 3], [4, 5, 6]])).toEqual([[1, 4], [2, 5], [3, 6]])); // biome-ignore format: one line
});

import { describe, expect, it } from 'vitest';
import { keyOf, normals, Value } from '../../src/engine/index.ts';
import { mixtureQuality } from '../../src/evaluation/mixture-quality.ts';

const square = {
  centres: [
    [0, 0],
    [10, 0],
    [0, 10],
    [10, 10],
  ],
  deviation: 1,
} as const;

describe('mixtureQuality', () => {
  it('counts centres that are hit and samples within three deviations', () => {
    const samples = Value.of([0, 0, 0, 2.9, 10, 3.1, 5, 5], [4, 2]);
    expect(mixtureQuality(samples, square)).toEqual({
      modes: 1,
      centres: 4,
      highQuality: 0.5,
      reverseKl: Math.log(4),
    });
  });

  it('has a reverse KL of zero when all modes weigh the same, and grows with imbalance', () => {
    const even = Value.of([0, 0, 10, 0, 0, 10, 10, 10], [4, 2]);
    expect(mixtureQuality(even, square)).toMatchObject({ modes: 4, highQuality: 1, reverseKl: 0 });
    const uneven = Value.of([0, 0, 0, 0, 0, 0, 10, 10], [4, 2]);
    const expected = 0.75 * Math.log(0.75 * 4) + 0.25 * Math.log(0.25 * 4);
    expect(mixtureQuality(uneven, square).reverseKl).toBeCloseTo(expected, 12);
  });

  it('gives a perfect sampler 98.89 % of high quality', () => {
    const count = 20_000;
    const noise = normals(keyOf(3), [count, 2]);
    const data = Float32Array.from(noise.data, (value, i) => value + square.centres[(i >> 1) % 4]![i % 2]!);
    const { highQuality } = mixtureQuality(Value.of(data, [count, 2]), square);
    expect(Math.abs(highQuality - (1 - Math.exp(-4.5)))).toBeLessThan(0.003);
  });

  it('has nothing good to say of samples far off', () => {
    const lost = mixtureQuality(Value.of([99, 99], [1, 2]), square);
    expect(lost).toEqual({ modes: 0, centres: 4, highQuality: 0, reverseKl: 0 });
  });

  it.each([[[4]], [[0, 2]], [[2, 3]]])('refuses samples of shape %j', (shape) => {
    const samples = Value.filled(shape, 0);
    expect(() => mixtureQuality(samples, square)).toThrow(
      `expected samples of shape [count, 2], got [${shape}]`,
    );
  });
});

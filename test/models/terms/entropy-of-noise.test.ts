import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { entropyOfNoise } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

describe.each(bothNames)('the entropy of noise on %s', (name) => {
  it('is ten times the mean squared error of what the head makes of the features', () => {
    const { loss, noiseError } = compute(
      { z: Value.of([0, 1, 0.5, 0.25], [2, 2]), features: Value.of([0, 1, 1, 0], [2, 2]) },
      ({ z, features }) => {
        const half = (x: tf.Tensor) => ({ y: tf.mul(0.5, x), taps: {} });
        const { loss, values } = entropyOfNoise({ head: 'guess', noise: 'z' }).add({
          heads: { guess: half },
          onFake: { y: features, taps: { features } },
          inputs: { z },
        } as never);
        return { loss, noiseError: values!.noiseError! };
      },
      both[name],
    );
    // Errors 0, .5, 0 and .25.
    expect(noiseError.data[0]).toBe((0.25 + 0.0625) / 4);
    expect(loss.data[0]).toBeCloseTo((10 * (0.25 + 0.0625)) / 4, 6);
  });

  it('is 1/12 for a guess of a half, of noise of U(0, 1)', () => {
    const grid = Array.from({ length: 1_000 }, (_, i) => (i + 0.5) / 1_000);
    const { y } = compute(
      { z: Value.of(grid, [1_000, 1]) },
      ({ z }) => ({
        y: entropyOfNoise({ head: 'guess', noise: 'z', weight: 1 }).add({
          heads: { guess: (x: tf.Tensor) => ({ y: tf.add(tf.mul(x, 0), 0.5), taps: {} }) },
          onFake: { y: z, taps: { features: z } },
          inputs: { z },
        } as never).loss,
      }),
      both[name],
    );
    expect(y.data[0]).toBeCloseTo(1 / 12, 6);
  });
});

it('refuses a weight below 0', () => {
  expect(() => entropyOfNoise({ head: 'guess', noise: 'z', weight: -1 })).toThrow(
    new RangeError('entropyOfNoise: weight: expected a finite number from 0, got -1'),
  );
});

import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectAgreement, random, startEngines } from './agree.ts';

const length = fc.integer({ min: 1, max: 40 });
const batches = fc.constantFrom<[number[], number[]]>(
  [[], []],
  [[3], [3]],
  [[3], []],
  [[], [3]],
  [[1], [3]],
  [
    [2, 2],
    [2, 2],
  ],
  [
    [2, 2],
    [1, 1],
  ],
);

describe('matrix multiplication on wasm', () => {
  beforeAll(startEngines);

  it('agrees with cpu for all shapes, batches and transpositions', () => {
    const any = fc.record({
      m: length,
      k: length,
      n: length,
      batch: batches,
      ta: fc.boolean(),
      tb: fc.boolean(),
    });
    fc.assert(
      fc.property(any, ({ m, k, n, batch, ta, tb }) => {
        expectAgreement(() =>
          tf.matMul(
            random('a', [...batch[0], ...(ta ? [k, m] : [m, k])]),
            random('b', [...batch[1], ...(tb ? [n, k] : [k, n])]),
            ta,
            tb,
          ),
        );
      }),
      { seed: 1, numRuns: 80 },
    );
  });

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('agrees with cpu for matrices of the size of a layer, transposed %s and %s', (ta, tb) => {
    for (const [a, b] of [[[], []], [[3], []], [[], [3]], [[3], [3]]] as const) // biome-ignore format: batches
      expectAgreement(() => tf.matMul(random('a', [...a, 48, 48]), random('b', [...b, 48, 48]), ta, tb));
  });

  it('refuses batches that would both have to be repeated, which the stock kernel gets wrong', () => {
    void tf.setBackend('wasm');
    expect(() => tf.matMul(random('a', [2, 1, 3, 3]), random('b', [1, 4, 3, 3]))).toThrow(
      'matMul: expected batches that are equal, or one of 1, got [2,1] and [1,4]',
    );
  });
});

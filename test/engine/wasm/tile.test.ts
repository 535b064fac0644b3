import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { computedOn, expectAgreement, random, startEngines } from './agree.ts';

describe('repetition on wasm', () => {
  beforeAll(startEngines);

  it('agrees with cpu for all shapes and numbers of copies', () => {
    const axis = fc.record({
      length: fc.integer({ min: 1, max: 5 }),
      copies: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(axis, { minLength: 1, maxLength: 4 }), (axes) => {
        const shape = axes.map(({ length }) => length);
        expectAgreement(() =>
          tf.tile(
            random('x', shape),
            axes.map(({ copies }) => copies),
          ),
        );
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  it('keeps types, and broadcasts', () => {
    const [bools, whole, broadcast] = computedOn('wasm', () => [
      tf.tile(tf.tensor1d([true, false]), [2]),
      tf.tile(tf.tensor1d([5], 'int32'), [3]),
      tf.broadcastTo(tf.tensor2d([[1], [2]]), [2, 2]),
    ]);
    expect([bools, whole, broadcast].map((data) => [...data!])).toEqual([
      [1, 0, 1, 0],
      [5, 5, 5],
      [1, 1, 2, 2],
    ]);
  });
});

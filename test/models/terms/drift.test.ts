import type * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { drift } from '../../../src/models/index.ts';
import { scores } from '../losses/judged.ts';
import { compute } from '../support.ts';

it('adds the weighted mean square of the real scores', () => {
  const { loss } = compute({ y: scores(3, -1) }, ({ y }) => ({
    loss: drift(0.1).add({ onReal: { y: y as tf.Tensor, taps: {} } } as never).loss,
  }));
  expect(loss).toEqual(Value.scalar(0.5));
});

it('refuses a weight below 0', () => {
  expect(() => drift(-1)).toThrow(new RangeError('drift: weight: expected a finite number from 0, got -1'));
});

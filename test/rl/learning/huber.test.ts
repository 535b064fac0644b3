import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { differentiate, Value } from '../../../src/engine/index.ts';
import { huber } from '../../../src/rl/index.ts';
import { compute, expectClose } from '../../models/support.ts';

it('is half the square within the bound and straight beyond it', () => {
  const { one, two } = compute({ error: Value.of([0.5, -2, 1, -3]) }, ({ error }) => ({
    one: huber(error),
    two: huber(error, 2),
  }));
  expectClose(one, [0.125, 1.5, 0.5, 2.5]);
  expectClose(two, [0.125, 2, 0.5, 4]);
});

it('has no slope steeper than the bound', () => {
  const { gradients } = compute({ error: Value.of([0.5, -2, 7, 0]) }, (errors) =>
    differentiate(errors, ({ error }) => ({ loss: tf.sum(huber(error)), extra: {} })),
  );
  expectClose(gradients.error, [0.5, -1, 1, 0]);
});

it('refuses a bound that bounds nothing', () => {
  expect(() => compute({ error: Value.of([1]) }, ({ error }) => ({ y: huber(error, 0) }))).toThrow(
    'huber: bound: expected a finite number above 0, got 0',
  );
});

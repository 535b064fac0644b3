import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { both } from '../support.ts';
import '../support.ts';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { concatCondition } from '../../../src/models/index.ts';
import { alongChannels, checkCondition, requireCondition } from '../../../src/models/layers/condition.ts';
import type { InputSpec } from '../../../src/models/layers/layer.ts';
import { classes, conditioned } from './conditional.ts';

it('hears a condition of its size, and says what to do where there is none', () => {
  const condition = tf.zeros([2, 3]) as tf.Tensor2D;
  expect(requireCondition('projection', condition, 3)).toBe(condition);
  expect(() => requireCondition('projection', undefined, 3)).toThrow(
    new TypeError('projection: expected a condition, got none; give the system its conditioning'),
  );
  expect(() => requireCondition('projection', condition, 4)).toThrow(
    new RangeError('projection: expected conditions of [count, 4], got [2,3]'),
  );
  condition.dispose();
});

it('refuses a condition of another size, or none, as soon as that is known', () => {
  const inputs = (condition?: number) => ({ ...(condition !== undefined && { condition }) }) as InputSpec;
  expect(() => checkCondition('projection', inputs(4), 3)).toThrow(
    new RangeError('projection: expected conditions of [count, 3], got [count, 4]'),
  );
  expect(() => checkCondition('projection', inputs(0), 3)).toThrow(
    new TypeError('projection: expected a condition, got none; give the system its conditioning'),
  );
  checkCondition('projection', inputs(3), 3);
  checkCondition('projection', inputs(), 3);
  checkCondition('projection', undefined, 3);
});

it('lays rows along the channels of whatever rank', () => {
  const rows = tf.zeros([2, 3]) as tf.Tensor2D;
  expect(alongChannels(rows, 2).shape).toEqual([2, 3]);
  expect(alongChannels(rows, 4).shape).toEqual([2, 1, 1, 3]);
  rows.dispose();
});

describe('concat condition', () => {
  it('puts the class behind the numbers of a vector', () => {
    const { y } = conditioned(concatCondition(2), Value.of([5, 6, 7, 8], [2, 2]), classes(2, 1, 0), {
      engine: both.onnx,
    });
    expect(y).toEqual(Value.of([5, 6, 0, 1, 7, 8, 1, 0], [2, 4]));
    expect(concatCondition(2).init(keyOf(1), [2]).shape).toEqual([4]);
  });

  it('puts the class as constant maps behind the channels of an image', () => {
    const { y } = conditioned(concatCondition(2), Value.of([5, 6], [1, 1, 2, 1]), classes(2, 1));
    expect(y).toEqual(Value.of([5, 0, 1, 6, 0, 1], [1, 1, 2, 3]));
    expect(concatCondition(3).init(keyOf(1), [4, 4, 1]).shape).toEqual([4, 4, 4]);
  });
});

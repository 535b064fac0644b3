import { expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { concatCondition } from '../../../src/models/index.ts';
import { both } from '../support.ts';
import { classes, conditioned } from './conditional.ts';

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

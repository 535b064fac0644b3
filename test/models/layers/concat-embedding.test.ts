import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { concatEmbedding } from '../../../src/models/index.ts';
import { both, bothNames, expectClose, parameters } from '../support.ts';
import { conditioned } from './conditional.ts';

const initial = parameters({ kernel: Value.of([1, 2, -1, 1], [2, 2]), bias: Value.of([0, 0.5]) });
const condition = Value.of([1, 1, 0, 2], [2, 2]);

describe.each(bothNames)('concatEmbedding on %s', (name) => {
  it('puts LReLU(c W + b) behind the numbers of a vector', () => {
    const { y } = conditioned(concatEmbedding(2, 2), Value.of([5, 6], [2, 1]), condition, {
      initial,
      engine: both[name],
    });
    expectClose(y, Value.of([5, 0, 3.5, 6, -0.4, 2.5], [2, 3]));
  });

  it('puts it as constant maps behind the channels of an image', () => {
    const { y } = conditioned(concatEmbedding(2, 2), Value.of([5, 6, 7, 8], [2, 1, 2, 1]), condition, {
      initial,
      engine: both[name],
    });
    expectClose(y, Value.of([5, 0, 3.5, 6, 0, 3.5, 7, -0.4, 2.5, 8, -0.4, 2.5], [2, 1, 2, 3]));
  });
});

it('tells its shapes, and refuses other conditions', () => {
  expect(concatEmbedding(3, 2).init(keyOf(1), [4, 4, 1], { condition: 3 }).shape).toEqual([4, 4, 3]);
  expect(() => concatEmbedding(3, 2).init(keyOf(1), [4], { condition: 2 })).toThrow(
    'concatEmbedding: expected conditions of [count, 3], got [count, 2]',
  );
  expect(() => concatEmbedding(3, 2).init(keyOf(1), [])).toThrow('expected inputs of rank 1 or more');
  expect(() => concatEmbedding(0, 2)).toThrow('concatEmbedding: size: expected a whole number from 1, got 0');
});

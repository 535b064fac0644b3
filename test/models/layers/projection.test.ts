import { expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { projection } from '../../../src/models/index.ts';
import { both, expectClose } from '../support.ts';
import { classes, conditioned } from './conditional.ts';

it('adds the embedding of the class times the features to an ordinary score', () => {
  const weights = {
    kernel: Value.of([1, 2], [2, 1]),
    bias: Value.of([0.5]),
    embedding: Value.of([10, 0, 0, 100], [2, 2]),
  };
  const x = Value.of([3, 4, 3, 4], [2, 2]);
  const { y } = conditioned(projection(2), x, classes(2, 0, 1), {
    initial: { weights, buffers: {} },
    engine: both.onnx,
  });
  // 3 + 8 + 0.5, and 30 or 400 for the class.
  expectClose(y, [41.5, 411.5]);
});

it('refuses what is no vector', () => {
  expect(() => projection(2).init(keyOf(1), [4, 4, 1])).toThrow(
    'projection: expected inputs of rank 1, got [4,4,1]; flatten() first',
  );
});

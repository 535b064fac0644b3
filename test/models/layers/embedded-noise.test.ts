import { expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { embeddedNoise } from '../../../src/models/index.ts';
import { both } from '../support.ts';
import { classes, conditioned } from './conditional.ts';

it('multiplies noise by the row of the class', () => {
  const weights = { embedding: Value.of([2, 3, 5, 7], [2, 2]) };
  const x = Value.of([1, 10, 1, 10], [2, 2]);
  const { y } = conditioned(embeddedNoise(2), x, classes(2, 1, 0), {
    initial: { weights, buffers: {} },
    engine: both.onnx,
  });
  expect(y).toEqual(Value.of([5, 70, 2, 30], [2, 2]));
});

it('refuses noise that is no vector', () => {
  expect(() => embeddedNoise(2).init(keyOf(1), [2, 2])).toThrow(
    'embeddedNoise: expected inputs of rank 1, got [2,2]',
  );
});

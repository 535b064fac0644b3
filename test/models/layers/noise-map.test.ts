import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { embeddedNoise, noiseMap } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';
import { classes, conditioned } from './conditional.ts';

it.each(bothNames)('puts a number of the noise beside each pixel (%s)', (name) => {
  const x = Value.of([1, 2, 3, 4], [1, 2, 2, 1]);
  const noise = Value.of([5, 6, 7, 8], [1, 4]);
  const { y } = compute(
    { x, noise },
    ({ x, noise }) => noiseMap().apply({ weights: {}, buffers: {} }, x, true, noise),
    both[name],
  ) as never as { y: Value };
  expect(y).toEqual(Value.of([1, 5, 2, 6, 3, 7, 4, 8], [1, 2, 2, 2]));
});

it('knows how much noise it takes', () => {
  expect(noiseMap(2).init(keyOf(1), [4, 4, 3], { condition: 32 }).shape).toEqual([4, 4, 5]);
  expect(() => noiseMap().init(keyOf(1), [4, 4, 3], { condition: 32 })).toThrow(
    new RangeError('noiseMap: expected conditions of [count, 16], got [count, 32]'),
  );
  expect(() => noiseMap().init(keyOf(1), [4])).toThrow('noiseMap: expected inputs [height, width, channels]');
});

describe('embedded noise', () => {
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
});

import { expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { noiseMap } from '../../../src/models/index.ts';
import { both, bothNames, compute } from '../support.ts';

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

import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import {
  averagePool,
  conv2d,
  dense,
  residual,
  sequential,
  skip,
  tap,
  upsample,
  zeros,
} from '../../../src/models/index.ts';
import { applied, both, bothNames, noise } from '../support.ts';

const nothing = conv2d(2, { kernelSize: 3, stride: 1, kernel: zeros });

it.each(bothNames)('puts x unchanged beside what its inside makes (%s)', (name) => {
  const x = noise('x', [2, 4, 4, 1]);
  const { y } = applied(skip(nothing), x, { engine: both[name] });
  expect(y.shape).toEqual([2, 4, 4, 3]);
  expect(Array.from(y.data)).toEqual(Array.from(x.data).flatMap((pixel) => [pixel, 0, 0]));
});

it('may hold another skip, as a U-Net does', () => {
  const down = (inner: ReturnType<typeof skip>) => sequential([averagePool(), inner, upsample()]);
  const net = skip(down(skip(down(skip(nothing)))));
  expect(net.init(keyOf(1), [8, 8, 3]).shape).toEqual([8, 8, 11]);
});

it('refuses an inside that changes the sides', () => {
  expect(() => skip(averagePool()).init(keyOf(1), [4, 4, 1])).toThrow(
    new RangeError('skip: expected a layer from [4,4,1] to the same sides, got [2,2,1]'),
  );
});

describe('residual', () => {
  const twice = dense(2, { kernel: (_, shape) => Value.of([2, 0, 0, 2], shape) });

  it('adds x to what its layers make of it, one after the other', () => {
    expect(applied(residual([twice, twice]), Value.of([1, 3], [1, 2])).y).toEqual(Value.of([5, 15], [1, 2]));
    const still = residual([dense(2, { kernel: zeros })]);
    expect(applied(still, Value.of([1, 3], [1, 2])).y).toEqual(Value.of([1, 3], [1, 2]));
  });

  it('shows what its layers show, and refuses layers that change the shape', () => {
    expect(residual([tap('inside', dense(2))]).init(keyOf(1), [2]).taps).toEqual({ inside: [2] });
    const path = residual([twice], twice);
    expect(applied(path, Value.of([1, 3], [1, 2])).y).toEqual(Value.of([4, 12], [1, 2]));
    const both = residual([tap('inside', dense(3))], tap('beside', dense(3))).init(keyOf(1), [2]);
    expect(both.taps).toEqual({ inside: [3], beside: [3] });
    expect(both.shape).toEqual([3]);
    expect(both.weights.layers).not.toEqual(both.weights.shortcut);
    expect(() => residual([dense(3)], dense(4)).init(keyOf(1), [2])).toThrow(
      new RangeError('residual: expected a shortcut from [2] to [3], got [4]'),
    );
    expect(() => residual([dense(3)]).init(keyOf(1), [2])).toThrow(
      new RangeError('residual: expected layers from [2] to the same, got [3]'),
    );
  });
});

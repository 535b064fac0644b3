import { expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/index.ts';
import { averagePool, conv2d, sequential, skip, upsample, zeros } from '../../../src/models/index.ts';
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

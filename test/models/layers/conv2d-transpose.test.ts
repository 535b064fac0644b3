import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { conv2dTranspose, lecunNormal } from '../../../src/models/index.ts';
import { applied, engineNames, engines, expectClose, moments, noise, parameters } from '../support.ts';
import { convolvedBack, sideAfter } from './convolution.ts';

/** `side` is that of the small image, `larger` that of the output. */
const cases = [
  { kernelSize: 4, stride: 2, padding: 'same', side: 4, larger: 8 },
  { kernelSize: 5, stride: 2, padding: 'same', side: 3, larger: 6 },
  { kernelSize: 3, stride: 1, padding: 'same', side: 5, larger: 5 },
  { kernelSize: 2, stride: 3, padding: 'same', side: 2, larger: 6 },
  { kernelSize: 4, stride: 2, padding: 'valid', side: 3, larger: 8 },
  { kernelSize: 2, stride: 3, padding: 'valid', side: 3, larger: 9 },
] as const;

describe('conv2dTranspose', () => {
  it.each(engineNames)('puts a copy of the kernel for each number of the image (%s)', (name) => {
    const layer = conv2dTranspose(1, { kernelSize: 2, stride: 2, padding: 'valid' });
    const initial = parameters({ kernel: Value.of([1, 2, 3, 4], [2, 2, 1, 1]), bias: Value.of([0.5]) });
    const x = Value.of([1, 10], [1, 1, 2, 1]);
    const { y } = applied(layer, x, { initial, engine: engines[name] });
    expect(y).toEqual(Value.of([1.5, 2.5, 10.5, 20.5, 3.5, 4.5, 30.5, 40.5], [1, 2, 4, 1]));
  });

  describe.each(cases)('kernel $kernelSize, stride $stride, $padding, side $side', (options) => {
    const { side, larger } = options;
    const forth = { ...options, side: larger, count: 2, channels: 2, filters: 3 };
    const layer = conv2dTranspose(2, { ...options, bias: lecunNormal });
    const initial = layer.init(keyOf(1), [side, side, 3]);
    const { kernel, bias } = initial.weights as { kernel: Value; bias: Value };

    it('says the shape of its output, which a convolution would bring back', () => {
      expect(initial.shape).toEqual([larger, larger, 2]);
      expect(kernel.shape).toEqual([options.kernelSize, options.kernelSize, 2, 3]);
      expect(sideAfter(forth)).toBe(side);
    });

    it.each(engineNames)('is the transpose of the convolution with its kernel (%s)', (name) => {
      const x = noise('x', [2, side, side, 3]);
      const { y } = applied(layer, x, { initial, engine: engines[name] });
      const expected = convolvedBack(forth, x, kernel);
      expectClose(
        y,
        Value.of(
          expected.data.map((number, i) => number + bias.data[i % 2]!),
          expected.shape,
        ),
      );
    });
  });

  it.each([
    [4, 2],
    [5, 2],
    [3, 1],
    [2, 2],
  ])('keeps the variance of its inputs after LeCun (kernel %i, stride %i)', (kernelSize, stride) => {
    const layer = conv2dTranspose(8, { kernelSize, stride, kernel: lecunNormal });
    const { y } = applied(layer, noise('x', [4, 16, 16, 64]), { engine: engines.wasm });
    const [, height, width] = y.shape as [number, number, number];
    const inside = y.data.filter((_, i) => {
      const pixel = Math.floor(i / 8);
      const [row, column] = [Math.floor(pixel / width) % height, pixel % width];
      return Math.min(row, column) >= 2 && Math.max(row, column) < width - 2;
    });
    expect(moments(inside).variance).toBeGreaterThan(0.9);
    expect(moments(inside).variance).toBeLessThan(1.1);
  });

  it.each([
    [() => conv2dTranspose(0), 'conv2dTranspose: filters: expected a whole number from 1, got 0'],
    [
      () => conv2dTranspose(1, { stride: 0 }),
      'conv2dTranspose: stride: expected a whole number from 1, got 0',
    ],
    [
      () => conv2dTranspose(1).init(keyOf(1), [4, 4]),
      'conv2dTranspose: expected inputs [height, width, channels], got [4,4]',
    ],
  ])('refuses %s', (make, message) => {
    expect(make).toThrow(new RangeError(message));
  });
});

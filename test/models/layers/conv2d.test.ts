import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { conv2d, lecunNormal } from '../../../src/models/index.ts';
import { applied, engineNames, engines, expectClose, moments, noise, parameters } from '../support.ts';
import { convolved, sideAfter } from './convolution.ts';

const cases = [
  { kernelSize: 4, stride: 2, padding: 'same', side: 8 },
  { kernelSize: 4, stride: 2, padding: 'same', side: 7 },
  { kernelSize: 3, stride: 1, padding: 'same', side: 5 },
  { kernelSize: 5, stride: 3, padding: 'valid', side: 9 },
  { kernelSize: 1, stride: 2, padding: 'same', side: 4 },
] as const;

describe('conv2d', () => {
  it.each(engineNames)('slides the kernel over the image and adds the bias (%s)', (name) => {
    const layer = conv2d(1, { kernelSize: 2, stride: 1, padding: 'valid' });
    const initial = parameters({ kernel: Value.of([1, 2, 3, 4], [2, 2, 1, 1]), bias: Value.of([10]) });
    const x = Value.of([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
    const { y } = applied(layer, x, { initial, engine: engines[name] });
    expect(y).toEqual(Value.of([47, 57, 77, 87], [1, 2, 2, 1]));
  });

  describe.each(cases)('kernel $kernelSize, stride $stride, $padding, side $side', (options) => {
    const geometry = { ...options, count: 2, channels: 3, filters: 2 };
    const layer = conv2d(2, { ...options, bias: lecunNormal });
    const initial = layer.init(keyOf(1), [options.side, options.side, 3]);
    const { kernel, bias } = initial.weights as { kernel: Value; bias: Value };

    it('says the shape of its output', () => {
      const side = sideAfter(geometry);
      expect(initial.shape).toEqual([side, side, 2]);
      expect(kernel.shape).toEqual([options.kernelSize, options.kernelSize, 3, 2]);
    });

    it.each(engineNames)('computes what plain loops compute (%s)', (name) => {
      const x = noise('x', [2, options.side, options.side, 3]);
      const { y } = applied(layer, x, { initial, engine: engines[name] });
      const expected = convolved(geometry, x, kernel);
      expectClose(
        y,
        Value.of(
          expected.data.map((number, i) => number + bias.data[i % 2]!),
          expected.shape,
        ),
      );
    });
  });

  it('starts after He with the fan of its taps, so that after LeCun variance would be kept', () => {
    const { kernel } = conv2d(64).init(keyOf(1), [8, 8, 32]).weights as { kernel: Value };
    expect(moments(kernel.data).variance * 16 * 32).toBeCloseTo(2, 1);
    const layer = conv2d(16, { kernel: lecunNormal, padding: 'valid' });
    const { y } = applied(layer, noise('x', [4, 16, 16, 32]), { engine: engines.wasm });
    expect(moments(y.data).variance).toBeCloseTo(1, 0.7);
  });

  it.each([
    [[8], 'conv2d: expected inputs [height, width, channels], got [8]'],
    [[8, 8], 'conv2d: expected inputs [height, width, channels], got [8,8]'],
    [[3, 8, 1], 'conv2d: expected inputs of at least 4x4, got [3,8,1]'],
  ])('refuses inputs of shape %j', (shape, message) => {
    expect(() => conv2d(1, { padding: 'valid' }).init(keyOf(1), shape)).toThrow(new RangeError(message));
  });

  it.each([
    [() => conv2d(0), 'conv2d: filters: expected a whole number from 1, got 0'],
    [() => conv2d(1.5), 'conv2d: filters: expected a whole number from 1, got 1.5'],
    [() => conv2d(1, { kernelSize: 0 }), 'conv2d: kernelSize: expected a whole number from 1, got 0'],
    [() => conv2d(1, { stride: -1 }), 'conv2d: stride: expected a whole number from 1, got -1'],
    [
      () => conv2d(1, { padding: 'full' as 'same' }),
      'conv2d: padding: expected one of same, valid, got "full"',
    ],
  ])('refuses %s', (make, message) => {
    expect(make).toThrow(new RangeError(message));
  });
});

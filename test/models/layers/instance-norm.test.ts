import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { instanceNorm } from '../../../src/models/index.ts';
import { applied, both, bothNames, expectClose, moments, noise } from '../support.ts';

describe.each(bothNames)('instance norm on %s', (name) => {
  it('brings each channel of each image to mean 0 and variance 1, then its gain and bias', () => {
    const layer = instanceNorm();
    const initial = {
      weights: { gain: Value.of([1, 2]), bias: Value.of([0, 5]) },
      buffers: {},
    };
    const { y } = applied(layer, noise('x', [3, 4, 4, 2], 7), { engine: both[name], initial });
    for (let image = 0; image < 3; image++)
      for (const [channel, gain, bias] of [
        [0, 1, 0],
        [1, 2, 5],
      ] as const) {
        const pixels = Array.from({ length: 16 }, (_, i) => y.data[image * 32 + 2 * i + channel]!);
        const { mean, variance } = moments(pixels);
        expectClose(Value.of([mean, variance]), [bias, gain * gain], 1e-4);
      }
  });
});

it('refuses what is no image', () => {
  expect(() => instanceNorm().init(keyOf(1), [4])).toThrow(
    'instanceNorm: expected inputs [height, width, channels], got [4]',
  );
});

import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { batchNorm, conditionalBatchNorm } from '../../../src/models/index.ts';
import { applied, both, bothNames, expectClose, noise } from '../support.ts';
import { classes, conditioned } from './conditional.ts';

const layer = conditionalBatchNorm(2);

describe.each(bothNames)('conditional batch normalisation on %s', (name) => {
  it.each([[[4, 3]], [[4, 2, 2, 3]]])('is batch normalisation at first, whatever the class: %j', (shape) => {
    const x = noise('x', shape, 3);
    const { y } = conditioned(layer, x, classes(2, 0, 1, 1, 0), { engine: both[name] });
    expectClose(y, applied(batchNorm(), x, { training: true }).y);
  });

  it('gives each example the gain and bias of its class', () => {
    const { buffers } = layer.init(keyOf(1), [1]);
    const weights = { gain: Value.of([2, 10], [2, 1]), bias: Value.of([1, -1], [2, 1]) };
    // By running averages 0 and 1: x as it is.
    const { y } = conditioned(layer, Value.of([3, 3], [2, 1]), classes(2, 0, 1), {
      initial: { weights, buffers },
      training: false,
      engine: both[name],
    });
    expectClose(y, [7, 29], 1e-4);
  });
});

it('refuses a size that is none', () => {
  expect(() => conditionalBatchNorm(0)).toThrow(
    'conditionalBatchNorm: size: expected a whole number from 1, got 0',
  );
});

import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { layerNorm } from '../../../src/models/index.ts';
import { applied, engineNames, engines, expectClose, moments, noise, parameters } from '../support.ts';

/** Layer normalisation of one example in double precision. */
function normalised(example: ArrayLike<number>, gain: ArrayLike<number>, bias: ArrayLike<number>): number[] {
  const { mean, variance } = moments(example);
  return Array.from(example, (x, i) => {
    const channel = i % gain.length;
    return ((x - mean) / Math.sqrt(variance + 1e-5)) * gain[channel]! + bias[channel]!;
  });
}

describe('layerNorm', () => {
  it.each(engineNames)('computes what plain loops compute (%s)', (name) => {
    const [gain, bias] = [noise('gain', [3]), noise('bias', [3])];
    for (const shape of [
      [2, 4, 5, 3],
      [4, 3],
    ]) {
      const x = noise('x', shape, 3);
      const size = x.data.length / shape[0]!;
      const expected = Array.from({ length: shape[0]! }, (_, i) =>
        normalised(x.data.subarray(i * size, (i + 1) * size), gain.data, bias.data),
      ).flat();
      const { y } = applied(layerNorm(), x, { initial: parameters({ gain, bias }), engine: engines[name] });
      expectClose(y, expected);
    }
  });

  it('starts with gain 1 and bias 0 for each channel, whatever the rank', () => {
    for (const shape of [[3], [8, 8, 3]]) {
      expect(layerNorm().init(keyOf(1), shape)).toEqual({
        weights: { gain: Value.filled([3], 1), bias: Value.filled([3], 0) },
        buffers: {},
        shape,
      });
    }
  });

  it.each(engineNames)('leaves an example untouched by the rest of the batch (%s)', (name) => {
    const [example, rest, others] = [noise('one', [12]), noise('rest', [24]), noise('others', [24], 50)];
    const first = (batch: Value) =>
      applied(layerNorm(), Value.of([...example.data, ...batch.data], [3, 2, 2, 3]), {
        engine: engines[name],
        training: true,
      }).y.data.slice(0, 12);
    expect(first(rest)).toEqual(first(others));
  });

  it('stays finite where all numbers of an example are the same', () => {
    expect(applied(layerNorm(), Value.filled([1, 4], 7)).y).toEqual(Value.filled([1, 4], 0));
  });

  it('refuses examples without a channel', () => {
    expect(() => layerNorm().init(keyOf(1), [])).toThrow(
      new RangeError('layerNorm: expected inputs of rank 1 or more, got []'),
    );
  });
});

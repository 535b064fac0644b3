import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { batchNorm } from '../../../src/models/index.ts';
import { applied, engineNames, engines, expectClose, moments, noise } from '../support.ts';

const channels = 3;
const [gain, bias] = [noise('gain', [channels]), noise('bias', [channels])];
const x = Value.of(
  noise('x', [4, 2, 5, channels]).data.map((number, i) => (1 + (i % channels)) * number + (i % channels)),
  [4, 2, 5, channels],
);
const statistics = Array.from({ length: channels }, (_, channel) =>
  moments(x.data.filter((_, i) => i % channels === channel)),
);

/** What becomes of x by these means and variances of the channels. */
const normalised = (by: readonly { readonly mean: number; readonly variance: number }[]) =>
  Array.from(x.data, (number, i) => {
    const { mean, variance } = by[i % channels]!;
    return (
      ((number - mean) / Math.sqrt(variance + 1e-5)) * gain.data[i % channels]! + bias.data[i % channels]!
    );
  });

const buffers = { mean: Value.of([1, 2, 3]), variance: Value.of([4, 5, 6]) };
const initial = { weights: { gain, bias }, buffers };

describe.each(engineNames)('batchNorm on %s', (name) => {
  const use = (training: boolean, momentum = 0.9) =>
    applied(batchNorm({ momentum }), x, { initial, training, engine: engines[name] });

  it('takes the statistics of the batch while training', () => {
    expectClose(use(true).y, normalised(statistics), 1e-4);
    expectClose(
      applied(batchNorm(), Value.of([1, 10, 3, 30], [2, 2]), { training: true, engine: engines[name] }).y,
      [-1, -1, 1, 1],
      1e-4,
    );
  });

  it('remembers a running mean and unbiased variance while training', () => {
    const unbiased = statistics.map(({ variance }) => (variance * 40) / 39);
    const after = use(true, 0.75).buffers as typeof buffers;
    expectClose(
      after.mean,
      statistics.map(({ mean }, i) => 0.75 * buffers.mean.data[i]! + 0.25 * mean),
    );
    expectClose(
      after.variance,
      unbiased.map((variance, i) => 0.75 * buffers.variance.data[i]! + 0.25 * variance),
    );
  });

  it('uses its buffers and leaves it alone otherwise', () => {
    const run = use(false);
    expectClose(
      run.y,
      normalised([
        { mean: 1, variance: 4 },
        { mean: 2, variance: 5 },
        { mean: 3, variance: 6 },
      ]),
    );
    expect(run.buffers).toEqual(buffers);
  });
});

describe('batchNorm', () => {
  it('starts with gain 1, bias 0, and the buffers of N(0, 1)', () => {
    const [zero, one] = [Value.filled([3], 0), Value.filled([3], 1)];
    expect(batchNorm().init(keyOf(1), [8, 8, 3])).toEqual({
      weights: { gain: one, bias: zero },
      buffers: { mean: zero, variance: one },
      shape: [8, 8, 3],
    });
  });

  it('makes an example depend on the rest of the batch, and so has no place behind a penalty', () => {
    const [example, rest, others] = [noise('one', [3]), noise('rest', [6]), noise('others', [6], 50)];
    const first = (batch: Value) =>
      applied(batchNorm(), Value.of([...example.data, ...batch.data], [3, 3]), {
        training: true,
      }).y.data.slice(0, 3);
    expect(first(rest)).not.toEqual(first(others));
  });

  it('comes to the statistics of its data', () => {
    let held = batchNorm().init(keyOf(1), [2]).buffers as typeof buffers;
    for (let step = 0; step < 60; step++) {
      const batch = Value.of(
        noise(`batch ${step}`, [64, 2]).data.map((number, i) => (i % 2 === 0 ? 3 * number + 5 : number)),
        [64, 2],
      );
      const weights = { gain: Value.filled([2], 1), bias: Value.filled([2], 0) };
      held = applied(batchNorm(), batch, { training: true, initial: { weights, buffers: held } })
        .buffers as typeof buffers;
    }
    expect(Math.abs(held.mean.data[0]! - 5)).toBeLessThan(0.3);
    expect(Math.abs(held.variance.data[0]! - 9)).toBeLessThan(1);
    expect(Math.abs(held.variance.data[1]! - 1)).toBeLessThan(0.15);
  });

  it('stays finite for a single example', () => {
    const { y, buffers } = applied(batchNorm(), Value.of([5, -5], [1, 2]), { training: true });
    expect(y).toEqual(Value.filled([1, 2], 0));
    expectClose(buffers.variance as Value, [0.9, 0.9]);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses a momentum of %s', (momentum) => {
    expect(() => batchNorm({ momentum })).toThrow(
      new RangeError(`batchNorm: momentum: expected a finite number from 0 to 1, got ${momentum}`),
    );
  });

  it('refuses examples without a channel', () => {
    expect(() => batchNorm().init(keyOf(1), [])).toThrow(
      new RangeError('batchNorm: expected inputs of rank 1 or more, got []'),
    );
  });
});

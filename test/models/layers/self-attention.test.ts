import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { differentiate, keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import { selfAttention } from '../../../src/models/index.ts';
import { applied, both, bothNames, compute, expectClose, noise } from '../support.ts';

const layer = selfAttention({ keys: 2, values: 3 });
const x = noise('x', [2, 2, 3, 4]);
const initial = (gamma: number) => {
  const { weights, buffers } = layer.init(keyOf(1), [2, 3, 4]);
  return { weights: { ...weights, gamma: Value.scalar(gamma) }, buffers };
};

/** What the layer shows and how the loss sum(y^2) moves its weights. */
function looked(gamma: number, engine = both.cpu) {
  return compute(
    { ...initial(gamma), x },
    ({ weights, buffers, x }) => {
      const { y, taps } = layer.apply({ weights, buffers } as never, x, true);
      const { gradients } = differentiate(weights as never as Tree<tf.Tensor>, (at) => ({
        loss: tf.sum(tf.square(layer.apply({ weights: at, buffers: {} }, x, true).y)),
        extra: {},
      }));
      return { y, attention: taps!.attention!, gradients: gradients as Record<string, tf.Tensor> };
    },
    engine,
  );
}

describe.each(bothNames)('self-attention on %s', (name) => {
  it('is nothing at first: y is x, only gamma has a gradient', () => {
    const { y, gradients } = looked(0, both[name]);
    expect(y).toEqual(x);
    expect(Math.abs(gradients.gamma!.data[0]!)).toBeGreaterThan(1e-3);
    for (const kernel of ['query', 'key', 'value', 'out'])
      expect(gradients[kernel]!.data.every((slope) => slope === 0)).toBe(true);
  });

  it('weighs all positions by shares that add up to 1', () => {
    const { attention } = looked(1, both[name]);
    expect(attention.shape).toEqual([2, 6, 6]);
    for (let row = 0; row < 12; row++) {
      const shares = Array.from(attention.data.slice(6 * row, 6 * row + 6));
      expect(Math.min(...shares)).toBeGreaterThan(0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    }
  });

  it('moves all its kernels once gamma is not 0', () => {
    const { gradients } = looked(0.5, both[name]);
    for (const gradient of Object.values(gradients))
      expect(gradient.data.some((slope) => Math.abs(slope) > 1e-4)).toBe(true);
  });
});

describe('selfAttention', () => {
  it('gives permuted outputs for permuted positions', () => {
    const rows = Array.from({ length: 6 }, (_, i) => Array.from(x.data.slice(4 * i, 4 * i + 4)));
    const order = [3, 1, 5, 0, 2, 4];
    const once = Value.of(rows.flat(), [1, 2, 3, 4]);
    const permuted = Value.of(
      order.flatMap((i) => rows[i]!),
      [1, 2, 3, 4],
    );
    const [y, other] = [once, permuted].map(
      (given) => applied(layer, given, { initial: initial(0.7) }).y.data,
    );
    expectClose(
      Value.of([...other!]),
      order.flatMap((i) => [...y!.slice(4 * i, 4 * i + 4)]),
    );
  });

  it('sees with an eighth of the channels and carries half of them, unless told', () => {
    const { weights } = selfAttention().init(keyOf(1), [2, 2, 16]) as { weights: Record<string, Value> };
    expect(Object.entries(weights).map(([name, { shape }]) => [name, [...shape]])).toEqual([
      ['query', [16, 2]],
      ['key', [16, 2]],
      ['value', [16, 8]],
      ['out', [8, 16]],
      ['gamma', []],
    ]);
  });

  it('is the mean of the values by the softmax of query and key, by hand', () => {
    const one = selfAttention({ keys: 1, values: 1 });
    const kernel = (of: number) => Value.of([of], [1, 1]);
    const weights = {
      query: kernel(1),
      key: kernel(2),
      value: kernel(3),
      out: kernel(1),
      gamma: Value.scalar(0.5),
    };
    const { y } = applied(one, Value.of([1, -1], [1, 1, 2, 1]), { initial: { weights, buffers: {} } });
    // At 1: logits 2 and -2, share s = 1 / (1 + e^-4), values 3 and -3: o = 3 (2 s - 1). At -1 the
    // opposite.
    const o = 3 * (2 / (1 + Math.exp(-4)) - 1);
    expectClose(y, [1 + 0.5 * o, -1 - 0.5 * o]);
  });

  it('lets each position ask by its query what the keys of all answer', () => {
    const one = selfAttention({ keys: 1, values: 1 });
    const weights = {
      // It asks by its first channel, and answers by its second.
      query: Value.of([1, 0], [2, 1]),
      key: Value.of([0, 1], [2, 1]),
      value: Value.of([1, 1], [2, 1]),
      out: Value.of([1, 1], [1, 2]),
      gamma: Value.scalar(1),
    };
    const { y } = applied(one, Value.of([2, 0, 0, 1], [1, 1, 2, 2]), { initial: { weights, buffers: {} } });
    // The values are 2 and 1. The first position asks 0 of itself and 2 of the second, the second
    // nothing of either.
    const first = 1 + 1 / (1 + Math.exp(2));
    expectClose(y, [2 + first, first, 1.5, 2.5]);
  });

  it('refuses what is no image', () => {
    expect(() => layer.init(keyOf(1), [4])).toThrow(
      'selfAttention: expected inputs [height, width, channels], got [4]',
    );
  });
});

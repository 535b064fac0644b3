import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cpuEngine, differentiate, mapTree, type Tree } from '../../src/engine/index.ts';

const numbers = (tree: Tree<tf.Tensor>) => mapTree(tree, (tensor) => tensor.arraySync());
const loss = (value: tf.Tensor) => ({ loss: value, extra: {} });

describe('differentiate', () => {
  beforeAll(async () => void (await cpuEngine()));
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  it('gives the loss and its gradient by every leaf, in the structure of the weights', () => {
    const weights = { a: { kernel: tf.tensor1d([1, 2]) }, none: {}, b: tf.scalar(3) };
    const result = differentiate(weights, ({ a, b }) => loss(tf.mul(tf.sum(tf.square(a.kernel)), b)));
    expect(result.loss.arraySync()).toBe(15);
    expect(numbers(result.gradients)).toEqual({ a: { kernel: [6, 12] }, none: {}, b: 5 });
    expect(Object.keys(result.gradients)).toEqual(['a', 'none', 'b']);
  });

  it('gives zeros for a weight that has no part in the loss', () => {
    const weights = { used: tf.scalar(2), unused: tf.tensor1d([1, 2]) };
    const { gradients } = differentiate(weights, ({ used }) => loss(tf.square(used)));
    expect(numbers(gradients)).toEqual({ used: 4, unused: [0, 0] });
  });

  it('refuses a loss that no weight has a part in', () => {
    const weights = { w: tf.scalar(1), deep: { v: tf.scalar(1) } };
    expect(() => differentiate(weights, () => loss(tf.scalar(2)), 'a: loss of b')).toThrow(
      new RangeError(
        'a: loss of b: expected a loss that depends on at least one of w, deep/v, got one that depends on none',
      ),
    );
  });

  it('refuses to differentiate by nothing', () => {
    expect(() => differentiate({ none: {} }, () => loss(tf.scalar(2)))).toThrow(
      new RangeError('differentiate: expected weights to train, got none'),
    );
  });

  it('differentiates a weight by itself', () => {
    expect(differentiate({ w: tf.scalar(3) }, ({ w }) => loss(w)).gradients.w.arraySync()).toBe(1);
  });

  it('refuses a loss that is no scalar', () => {
    expect(() => differentiate({ w: tf.tensor1d([1, 2]) }, ({ w }) => loss(w))).toThrow(
      new RangeError('differentiate: expected a scalar loss, got [2]'),
    );
  });

  it('differentiates what it has differentiated', () => {
    // The penalty of a linear critic is (|w| - 1)^2, and its gradient 2 (|w| - 1) w / |w|.
    const { gradients, loss: penalty } = differentiate({ w: tf.tensor2d([[3], [4]]) }, ({ w }) => {
      const slope = differentiate({ x: tf.zeros([5, 2]) }, ({ x }) => loss(tf.sum(tf.matMul(x, w))));
      return loss(tf.mean(tf.square(tf.sub(tf.norm(slope.gradients.x, 2, 1), 1))));
    });
    expect(penalty.arraySync()).toBeCloseTo(16, 5);
    const [[a], [b]] = gradients.w.arraySync() as [[number], [number]];
    expect([a, b]).toEqual([expect.closeTo(4.8, 5), expect.closeTo(6.4, 5)]);
  });

  it('differentiates three times', () => {
    const third = differentiate({ x: tf.scalar(0.5) }, (weights) => {
      const second = differentiate(weights, (inner) => {
        const first = differentiate(inner, ({ x }) => loss(tf.exp(tf.mul(2, x))));
        return loss(first.gradients.x);
      });
      return loss(second.gradients.x);
    });
    expect(third.gradients.x.arraySync()).toBeCloseTo(8 * Math.E, 3);
  });

  it('hands over what the loss function kept, and lets gradients flow through it', () => {
    const { gradients } = differentiate({ x: tf.scalar(3) }, ({ x }) => {
      const inner = differentiate({ y: tf.scalar(2) }, ({ y }) => ({
        loss: tf.mul(x, y),
        extra: { kept: tf.square(x), deep: { y: y } },
      }));
      expect(inner.extra.kept.arraySync()).toBe(9);
      expect(inner.extra.deep.y.arraySync()).toBe(2);
      return loss(tf.add(inner.extra.kept, inner.gradients.y));
    });
    expect(gradients.x.arraySync()).toBe(7);
  });

  it('leaves nothing behind but its result', () => {
    const weights = { w: tf.scalar(2) };
    const before = tf.memory().numTensors;
    const run = () =>
      differentiate(weights, ({ w }) => ({
        loss: tf.tanh(w),
        extra: { again: w },
      }));
    const { loss: value, extra, gradients } = run();
    expect(tf.memory().numTensors).toBe(before + 3);
    tf.dispose([value, extra.again, gradients.w]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

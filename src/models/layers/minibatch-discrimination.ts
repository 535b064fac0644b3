import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { fold, normals } from '../../engine/index.ts';
import type { Layer } from './layer.ts';

/** The size of minibatch discrimination. A step costs batch^2 * rows * columns. */
export interface MinibatchDiscriminationOptions {
  /** Numbers beside the features of each example, B. @default 5 */
  readonly rows?: number;
  /** Numbers that each of them compares, C. @default 3 */
  readonly columns?: number;
}

/**
 * So wide that the distances of a first batch are about 1; the code of the paper measures one for
 * that.
 */
const spread = 4;

/**
 * Puts beside the features of each example how near it is to all others of its batch: [f, o] with
 * o_b = mean over the others of exp(-||M_ib - M_jb||_1), M = f T. Salimans et al.,
 * https://arxiv.org/abs/1606.03498, section 3.2, without the example itself, as its code has it; a
 * sum, as in the paper, grows with the batch and drowns the features. Real and fake examples must
 * come in batches of their own, as they do here. Not with a gradient penalty, which is per example.
 */
export function minibatchDiscrimination(options: MinibatchDiscriminationOptions = {}): Layer {
  const { rows = 5, columns = 3 } = options;
  wholeNumber('minibatchDiscrimination: rows', rows, 1);
  wholeNumber('minibatchDiscrimination: columns', columns, 1);
  return {
    init(key, shape) {
      const [features = 0] = shape;
      if (shape.length !== 1)
        throw new RangeError(
          `minibatchDiscrimination: expected inputs of rank 1, got [${shape}]; flatten() first`,
        );
      const deviation = spread / Math.sqrt(features);
      const kernel = normals(fold(key, 'kernel'), [features, rows * columns], deviation);
      return { weights: { kernel }, buffers: {}, shape: [features + rows] };
    },
    apply({ weights, buffers }, x) {
      const [count] = x.shape as [number];
      const m = tf.matMul(x as tf.Tensor2D, weights.kernel as tf.Tensor2D);
      const apart = tf.abs(
        tf.sub(tf.reshape(m, [count, 1, rows * columns]), tf.reshape(m, [1, count, rows * columns])),
      );
      const distances = tf.sum(tf.reshape(apart, [count * count, rows, columns]), 2);
      const near = tf.sum(tf.reshape(tf.exp(tf.neg(distances)), [count, count, rows]), 1);
      const others = Math.max(count - 1, 1);
      return { y: tf.concat([x, tf.div(tf.sub(near, 1), others)], 1), buffers };
    },
  };
}

import * as tf from '@tensorflow/tfjs-core';
import { positiveNumber } from '../../base/index.ts';
import { mapTree } from '../../engine/index.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * An optimiser that scales each kernel and bias down to an L2 norm of at most `bound` after each
 * update. As the constraint of a Wasserstein critic it fails like clipping by value: Gulrajani et
 * al., https://arxiv.org/abs/1704.00028, section 3.
 */
export function normClipping(optimizer: Optimizer, bound: number): Optimizer {
  positiveNumber('normClipping: bound', bound);
  return {
    ...optimizer,
    update(...given) {
      const update = optimizer.update(...given);
      const weights = mapTree(update.weights, (weight) => {
        const norm = tf.sqrt(tf.sum(tf.square(weight)));
        return tf.mul(weight, tf.minimum(1, tf.div(bound, tf.maximum(norm, 1e-12))));
      });
      return { ...update, weights };
    },
  };
}

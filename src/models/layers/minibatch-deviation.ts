import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import type { Layer } from './layer.ts';

/**
 * Puts beside each example how much its group varies: the standard deviation of every feature over
 * the group, in the mean over all features, as one more number or one more constant map. Karras et
 * al., https://arxiv.org/abs/1710.10196, section 3.
 * @param group examples that are compared, in the order of the batch, which it must divide; the
 * whole batch by default
 */
export function minibatchDeviation(group?: number): Layer {
  if (group !== undefined) wholeNumber('minibatchDeviation: group', group, 2);
  return {
    init: (_, shape) => ({ weights: {}, buffers: {}, shape: [...shape.slice(0, -1), shape.at(-1)! + 1] }),
    apply({ buffers }, x) {
      const count = x.shape[0]!;
      const size = group ?? count;
      if (count % size !== 0)
        throw new RangeError(
          `minibatchDeviation: expected batches of a multiple of ${size} examples, got ${count}`,
        );
      const grouped = tf.reshape(x, [count / size, size, x.size / count]);
      const centred = tf.sub(grouped, tf.mean(grouped, 1, true));
      const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), 1, true), 1e-8));
      const mean = tf.mean(deviation, 2, true);
      const single = [count, ...x.shape.slice(1).map(() => 1)];
      const each = tf.reshape(tf.mul(mean, tf.ones([1, size, 1])), single);
      return { y: tf.concat([x, tf.mul(each, tf.ones([1, ...x.shape.slice(1, -1), 1]))], -1), buffers };
    },
  };
}

import * as tf from '@tensorflow/tfjs-core';

/**
 * The number of each row that its action points at: values [count, actions], actions [count] int32,
 * to [count].
 * @throws RangeError for other shapes
 */
export function selectActions(values: tf.Tensor, action: tf.Tensor): tf.Tensor1D {
  const [count, actions] = values.shape;
  if (values.rank !== 2 || action.shape.join() !== `${count}`)
    throw new RangeError(
      `chosen: expected values [count,actions] and action [count], got [${values.shape}], [${action.shape}]`,
    );
  return tf.sum(tf.mul(values, tf.oneHot(action as tf.Tensor1D, actions!)), 1);
}

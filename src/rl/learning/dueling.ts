import * as tf from '@tensorflow/tfjs-core';

/**
 * Action values of a state's value and its actions' advantages: value + advantage - mean advantage,
 * which makes the two identifiable. Wang et al., https://arxiv.org/abs/1511.06581, equation 9.
 * @param value [count, 1]
 * @param advantage [count, actions]
 * @throws RangeError for other shapes
 */
export function duelingValues(value: tf.Tensor, advantage: tf.Tensor): tf.Tensor2D {
  if (advantage.rank !== 2 || value.shape.join() !== `${advantage.shape[0]},1`)
    throw new RangeError(
      `duelingValues: expected value [count,1] and advantage [count,actions], got [${value.shape}], [${advantage.shape}]`,
    );
  return tf.add(value, tf.sub(advantage, tf.mean(advantage, 1, true)));
}

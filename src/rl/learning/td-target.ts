import * as tf from '@tensorflow/tfjs-core';
import { selectActions } from './select-actions.ts';
import { requireShape } from './shapes.ts';

/**
 * What a value before a step should have been: reward + discount * valueAfter. The discount is 0
 * where the step terminated the episode; where it was merely truncated the environment would have
 * gone on, so the discount stays and the target bootstraps. Sutton and Barto, Reinforcement
 * Learning (2018), equation 6.2.
 * @param reward [count], likewise the others
 * @throws RangeError for shapes that differ
 */
export function tdTarget(reward: tf.Tensor, discount: tf.Tensor, valueAfter: tf.Tensor): tf.Tensor1D {
  requireShape('tdTarget', 1, { reward, discount, valueAfter });
  return tf.add(reward, tf.mul(discount, valueAfter));
}

/**
 * The target of Q-learning: reward + discount * max over actions of qAfter. Mnih et al., Nature 518
 * (2015), algorithm 1, where `qAfter` is of the target network.
 * @param qAfter [count, actions]
 * @throws RangeError for shapes that differ
 */
export function qTarget(reward: tf.Tensor, discount: tf.Tensor, qAfter: tf.Tensor): tf.Tensor1D {
  return tdTarget(reward, discount, tf.max(qAfter, -1));
}

/**
 * The target of double Q-learning: the online network chooses the action, the target network values
 * it, so that one's error does not pick itself. Van Hasselt et al.,
 * https://arxiv.org/abs/1509.06461, equation 4.
 * @param qAfter of the target network, [count, actions]
 * @param choosing of the online network, in the same states
 * @throws RangeError for shapes that differ
 */
export function doubleQTarget(
  reward: tf.Tensor,
  discount: tf.Tensor,
  qAfter: tf.Tensor,
  choosing: tf.Tensor,
): tf.Tensor1D {
  requireShape('doubleQTarget', 2, { qAfter, choosing });
  return tdTarget(reward, discount, selectActions(qAfter, tf.argMax(choosing, 1)));
}

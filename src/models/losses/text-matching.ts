import * as tf from '@tensorflow/tfjs-core';

/**
 * The loss of a joint embedding of images and texts: with scores S_ij = <viewed_i, read_j>, 1 / B^2
 * times
 *
 *     sum over i and j other than i of max(0, 1 + S_ij - S_ii) + max(0, 1 + S_ji - S_ii)
 *
 * Reed et al., https://arxiv.org/abs/1605.05395, equations 3 to 5.
 * @param viewed [count, size], of the pictures
 * @param read [count, size], of their texts
 * @param same [count, count], 1 where two texts are equal, which weighs 0; the diagonal must be 1
 */
export function textMatching(viewed: tf.Tensor2D, read: tf.Tensor2D, same: tf.Tensor2D): tf.Tensor {
  const count = viewed.shape[0];
  if (viewed.shape.join() !== read.shape.join())
    throw new RangeError(`textMatching: expected texts of [${viewed.shape}], got [${read.shape}]`);
  const scores = tf.matMul(viewed, read, false, true);
  const own = tf.sum(tf.mul(viewed, read), 1, true);
  const others = tf.sub(1, same);
  const hinged = (table: tf.Tensor) => tf.sum(tf.mul(others, tf.relu(tf.add(1, tf.sub(table, own)))));
  return tf.div(tf.add(hinged(scores), hinged(tf.transpose(scores))), count * count);
}

/** The share of images whose own text, or an equal one, has the highest score of the batch. */
export function retrievalShare(viewed: tf.Tensor2D, read: tf.Tensor2D, same: tf.Tensor2D): tf.Tensor {
  const scores = tf.matMul(viewed, read, false, true);
  const ofOwn = tf.max(tf.add(scores, tf.mul(tf.sub(same, 1), 1e9)), 1);
  return tf.mean(tf.cast(tf.greaterEqual(ofOwn, tf.max(scores, 1)), 'float32'));
}

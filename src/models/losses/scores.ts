import * as tf from '@tensorflow/tfjs-core';

/**
 * The scores of a critic as a column: one for an example, or one for each patch of an example,
 * [count, height, width, 1], which become [count * height * width, 1]. @throws RangeError for other
 * shapes, or another count
 */
export function checkedScores(name: string, scores: tf.Tensor, count = scores.shape[0]): tf.Tensor {
  const { rank, shape } = scores;
  if (shape.at(-1) === 1 && shape[0] === count && rank === 2) return scores;
  if (shape.at(-1) === 1 && shape[0] === count && rank === 4) return tf.reshape(scores, [-1, 1]);
  throw new RangeError(`${name}: expected scores of [${count ?? 'count'},1], got [${shape}]`);
}

import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * The scores of a critic, one for an example. @throws RangeError when they are not [count, 1], or
 * of another count
 */
export function checkedScores(name: string, scores: Tensor, count = scores.shape[0]): Tensor {
  if (scores.shape.join() === `${count},1`) return scores;
  throw new RangeError(`${name}: expected scores of [${count ?? 'count'},1], got [${scores.shape}]`);
}

import * as tf from '@tensorflow/tfjs-core';

/**
 * The condition that a layer asks for, [count, size].
 * @throws TypeError when the network is given none, RangeError when it is of another size
 */
export function heard(name: string, condition: tf.Tensor | undefined, size: number): tf.Tensor2D {
  if (condition === undefined)
    throw new TypeError(`${name}: expected a condition, got none; give the system its conditioning`);
  if (condition.rank !== 2 || condition.shape[1] !== size)
    throw new RangeError(`${name}: expected conditions of [count, ${size}], got [${condition.shape}]`);
  return condition as tf.Tensor2D;
}

/** One row of numbers an example, along the last axis of something of this rank: [count, 1, ..., channels]. */
export function alongChannels(rows: tf.Tensor2D, rank: number): tf.Tensor {
  const [count, channels] = rows.shape;
  return rank === 2
    ? rows
    : tf.reshape(rows, [count, ...Array.from({ length: rank - 2 }, () => 1), channels]);
}

import * as tf from '@tensorflow/tfjs-core';
import type { InputSpec } from './layer.ts';

/**
 * Refuses, where a network is made, a condition that is not of the size that the layer asks for.
 * @throws TypeError when there will be none, RangeError when it will be of another size
 */
export function checkCondition(name: string, inputs: InputSpec | undefined, size: number): void {
  const given = inputs?.condition;
  if (given === undefined || given === size) return;
  if (given === 0) throw withoutCondition(name);
  throw new RangeError(`${name}: expected conditions of [count, ${size}], got [count, ${given}]`);
}

const withoutCondition = (name: string) =>
  new TypeError(`${name}: expected a condition, got none; give the system its conditioning`);

/**
 * The condition that a layer asks for, [count, size].
 * @throws TypeError when the network is given none, RangeError when it is of another size
 */
export function requireCondition(name: string, condition: tf.Tensor | undefined, size: number): tf.Tensor2D {
  if (condition === undefined) throw withoutCondition(name);
  if (condition.rank !== 2 || condition.shape[1] !== size)
    throw new RangeError(`${name}: expected conditions of [count, ${size}], got [${condition.shape}]`);
  return condition as tf.Tensor2D;
}

/**
 * One row of numbers an example, along the last axis of something of this rank: [count, 1, ...,
 * channels].
 */
export function alongChannels(rows: tf.Tensor2D, rank: number): tf.Tensor {
  const [count, channels] = rows.shape;
  return rank === 2
    ? rows
    : tf.reshape(rows, [count, ...Array.from({ length: rank - 2 }, () => 1), channels]);
}

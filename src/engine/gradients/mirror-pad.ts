import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradient of mirrored padding: what fell on the padding goes back to where it was copied from.
 * TensorFlow.js drops it.
 */
export const mirrorPadGradient: tf.GradConfig = {
  kernelName: tf.MirrorPad,
  gradFunc: (dy, _, { paddings, mode }) => ({
    x: () =>
      (paddings as [number, number][]).reduce(
        (folded, [before, after], axis) => foldIn(folded, axis, before, after, mode === 'reflect' ? 1 : 0),
        tf.clone(dy as tf.Tensor),
      ),
  }),
};

/**
 * Adds the first `before` and the last `after` entries of an axis to those that they mirror; `skip`
 * edges are not mirrored.
 */
function foldIn(dy: tf.Tensor, axis: number, before: number, after: number, skip: number): tf.Tensor {
  const size = dy.shape[axis]! - before - after;
  const part = (from: number, length: number) =>
    tf.slice(
      dy,
      dy.shape.map((_, i) => (i === axis ? from : 0)),
      dy.shape.map((whole, i) => (i === axis ? length : whole)),
    );
  const placed = (tensor: tf.Tensor, ahead: number) =>
    tf.pad(
      tensor,
      dy.shape.map((_, i) => (i === axis ? [ahead, size - ahead - tensor.shape[i]!] : [0, 0])),
    );
  let sum = part(before, size);
  if (before > 0) sum = tf.add(sum, placed(tf.reverse(part(0, before), axis), skip));
  if (after > 0) sum = tf.add(sum, placed(tf.reverse(part(before + size, after), axis), size - skip - after));
  return sum;
}

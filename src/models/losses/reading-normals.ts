import * as tf from '@tensorflow/tfjs-core';
import { cosineDistance } from './distances.ts';

/** The output format of a network that predicts surface normals of an image, and its error. */
export interface NormalsReading {
  /** Numbers of its output for a pixel. */
  readonly channels: number;
  /** The weight that the generator of images gives to the error. */
  readonly weight: number;
  /** The error of a prediction, [count, height, width, channels], against normals. A scalar. */
  error(read: tf.Tensor, normals: tf.Tensor): tf.Tensor;
}

/** Normals as vectors of length 1; the error is mean 1 - cosine. */
export function normalsByAngle(weight = 1): NormalsReading {
  return { channels: 3, weight, error: cosineDistance };
}

/**
 * Normals as one class of given directions; the error is the cross-entropy of the nearest
 * direction. Wang and Gupta, https://arxiv.org/abs/1603.05631, with 40 directions and weight 0.1.
 * @param directions of length 1, [x, y, z] each
 */
export function normalsByClass(directions: readonly (readonly number[])[], weight = 0.1): NormalsReading {
  const odd = directions.find((d) => d.length !== 3 || Math.abs(Math.hypot(...d) - 1) > 1e-3);
  if (directions.length < 2 || odd !== undefined)
    throw new RangeError(
      `normalsByClass: directions: expected two or more [x, y, z] of length 1, got ${odd ? `[${odd}]` : directions.length}`,
    );
  return {
    channels: directions.length,
    weight,
    error(read, normals) {
      const [x, y, z] = tf.split(tf.reshape(normals, [-1, 3]), 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      // By scalars, since no program may hold a table.
      const cosines = directions.map((d) =>
        tf.add(tf.add(tf.mul(d[0]!, x), tf.mul(d[1]!, y)), tf.mul(d[2]!, z)),
      );
      const nearest = tf.argMax(tf.concat(cosines, 1), 1);
      const numbers = tf.range(0, directions.length, 1, 'int32');
      const hot = tf.cast(tf.equal(tf.expandDims(nearest, 1), numbers), 'float32');
      const chances = tf.logSoftmax(tf.reshape(read, [-1, directions.length]));
      return tf.neg(tf.mean(tf.sum(tf.mul(hot, chances), 1)));
    },
  };
}

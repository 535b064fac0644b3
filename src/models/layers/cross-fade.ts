import * as tf from '@tensorflow/tfjs-core';
import { averagePooled, upsampled } from './pooling.ts';

/** (1 - alpha) a + alpha b: exactly a where alpha is 0, and b where it is 1. */
export function crossFade(a: tf.Tensor, b: tf.Tensor, alpha: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(tf.sub(1, alpha), a), tf.mul(alpha, b));
}

/**
 * Images with the detail of their own side faded in by alpha: at 0 they are those of half the side.
 */
export function fadedImages(images: tf.Tensor, alpha: tf.Tensor): tf.Tensor {
  return crossFade(upsampled(averagePooled(images)), images, alpha);
}

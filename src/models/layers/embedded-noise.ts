import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { fold } from '../../engine/index.ts';
import { checkCondition, requireCondition } from './condition.ts';
import { normal } from './initializer.ts';
import type { Layer } from './layer.ts';

/**
 * Noise times the embedding of the condition, number by number: how the AC-GAN of tfjs-examples
 * (mnist-acgan/gan.js) passes its generator the class.
 * @param size that of the condition, the number of classes
 */
export function embeddedNoise(size: number): Layer {
  wholeNumber('embeddedNoise: size', size, 1);
  return {
    init(key, shape, inputs) {
      checkCondition('embeddedNoise', inputs, size);
      const [latent = 0] = shape;
      if (shape.length !== 1)
        throw new RangeError(`embeddedNoise: expected inputs of rank 1, got [${shape}]`);
      const embedding = normal(1)(fold(key, 'embedding'), [size, latent], { in: size, out: latent });
      return { weights: { embedding }, buffers: {}, shape };
    },
    apply({ weights, buffers }, x, _, condition) {
      const embedded = tf.matMul(
        requireCondition('embeddedNoise', condition, size),
        weights.embedding as tf.Tensor2D,
      );
      return { y: tf.mul(x, embedded), buffers };
    },
  };
}

import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { checkCondition, requireCondition } from './condition.ts';
import { imageShape } from './conv2d.ts';
import type { Layer } from './layer.ts';

/**
 * Noise of the size of the image beside its channels: the network's condition, [count, height width
 * channels], as maps. How the levels of LAPGAN receive their noise: Denton et al.,
 * https://arxiv.org/abs/1506.05751, whose code takes one map of U(-1, 1).
 * @param channels maps of noise
 */
export function noiseMap(channels = 1): Layer {
  wholeNumber('noiseMap: channels', channels, 1);
  return {
    init(_, shape, inputs) {
      const [height, width, own] = imageShape('noiseMap', shape);
      checkCondition('noiseMap', inputs, height * width * channels);
      return { weights: {}, buffers: {}, shape: [height, width, own + channels] };
    },
    apply({ buffers }, x, _, condition) {
      const [count, height, width] = x.shape as tf.Tensor4D['shape'];
      const noise = requireCondition('noiseMap', condition, height * width * channels);
      return { y: tf.concat([x, tf.reshape(noise, [count, height, width, channels])], -1), buffers };
    },
  };
}

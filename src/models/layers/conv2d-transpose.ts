import * as tf from '@tensorflow/tfjs-core';
import { fold } from '../../engine/index.ts';
import { type ConvOptions, convOptions, imageShape } from './conv2d.ts';
import type { Layer } from './layer.ts';

/**
 * A transposed convolution: [height, width, channels] to [height', width', filters], sides
 * multiplied by the stride with `same` padding. The kernel is [side, side, filters, channels], as
 * TensorFlow keeps it.
 */
export function conv2dTranspose(filters: number, options: ConvOptions = {}): Layer {
  const { kernelSize, stride, padding, kernel, bias } = convOptions('conv2dTranspose', filters, options);
  const across = (side: number) =>
    padding === 'same' ? side * stride : (side - 1) * stride + Math.max(kernelSize, stride);
  return {
    init(key, shape) {
      const [height, width, channels] = imageShape('conv2dTranspose', shape);
      // Each output depends on about (kernelSize / stride)^2 positions of every channel.
      const fan = {
        in: Math.max(1, (kernelSize * kernelSize) / (stride * stride)) * channels,
        out: kernelSize * kernelSize * filters,
      };
      const weights = {
        kernel: kernel(fold(key, 'kernel'), [kernelSize, kernelSize, filters, channels], fan),
        bias: bias(fold(key, 'bias'), [filters], fan),
      };
      return { weights, buffers: {}, shape: [across(height), across(width), filters] };
    },
    apply({ weights, buffers }, x) {
      const { kernel, bias } = weights as { kernel: tf.Tensor4D; bias: tf.Tensor1D };
      const [batch, height, width] = x.shape as [number, number, number];
      const shape: [number, number, number, number] = [batch, across(height), across(width), filters];
      return {
        y: tf.add(tf.conv2dTranspose(x as tf.Tensor4D, kernel, shape, stride, padding), bias),
        buffers,
      };
    },
  };
}

import * as tf from '@tensorflow/tfjs-core';
import { runKernel } from './kernel.ts';

/**
 * The convolution is linear in its input and in its filter, and so is each of its two gradients in
 * each of theirs.
 */
export const conv2dFilterGradient: tf.GradConfig = {
  kernelName: tf.Conv2DBackpropFilter,
  inputsToSave: ['x', 'dy'],
  gradFunc: (dFilter, [x, dy], { strides, pad, dataFormat, dimRoundingMode }) => {
    const filter = dFilter as tf.Tensor;
    const same = { strides, pad, dataFormat, dimRoundingMode };
    return {
      x: () => runKernel(tf.Conv2DBackpropInput, { dy: dy!, filter }, { ...same, inputShape: x!.shape }),
      dy: () => runKernel(tf.Conv2D, { x: x!, filter }, { ...same, dilations: 1 }),
    };
  },
};

/**
 * The gradient of a dilated convolution, which TensorFlow.js lacks: that of the plain one with the
 * filter spread out.
 */
export function dilatedConv2dGradient(plain: tf.GradConfig): tf.GradConfig {
  return {
    ...plain,
    gradFunc: (dOut, saved, attributes) => {
      const [dh, dw] = [attributes.dilations].flat(2) as number[];
      const dilation = [dh ?? 1, dw ?? dh ?? 1] as const;
      if (dilation[0] === 1 && dilation[1] === 1) return plain.gradFunc(dOut, saved, attributes);
      const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D];
      const wide = spread(filter, dilation);
      const { x: dx, filter: dFilter } = plain.gradFunc(dOut, [x, wide], { ...attributes, dilations: 1 });
      return { x: dx!, filter: () => gatherIn(dFilter!() as tf.Tensor4D, filter.shape, dilation) };
    },
  };
}

type Dilation = readonly [number, number];

/** The filter with rows and columns of zeros between its own. */
function spread(filter: tf.Tensor4D, [dh, dw]: Dilation): tf.Tensor4D {
  const [h, w, channelsIn, channelsOut] = filter.shape;
  const apart = tf.reshape(filter, [h, 1, w, 1, channelsIn * channelsOut]);
  const padded = tf.pad(apart, [[0, 0], [0, dh - 1], [0, 0], [0, dw - 1], [0, 0]]); // biome-ignore format: one line is clearer
  const whole = tf.reshape(padded, [h * dh, w * dw, channelsIn, channelsOut]);
  return tf.slice(
    whole,
    [0, 0, 0, 0],
    [(h - 1) * dh + 1, (w - 1) * dw + 1, channelsIn, channelsOut],
  ) as tf.Tensor4D;
}

/** Undoes `spread`: the entries of a wide filter that are not between. */
function gatherIn(wide: tf.Tensor4D, shape: tf.Tensor4D['shape'], [dh, dw]: Dilation): tf.Tensor4D {
  const [h, w, channelsIn, channelsOut] = shape;
  const padded = tf.pad(wide, [
    [0, dh - 1],
    [0, dw - 1],
    [0, 0],
    [0, 0],
  ]);
  const apart = tf.reshape(padded, [h, dh, w, dw, channelsIn * channelsOut]);
  return tf.reshape(tf.slice(apart, [0, 0, 0, 0, 0], [h, 1, w, 1, channelsIn * channelsOut]), shape);
}

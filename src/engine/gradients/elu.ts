import * as tf from '@tensorflow/tfjs-core';
import { runKernel } from './kernel.ts';

/** EluGrad is `dy` times (1 where the output `y` of elu is positive, y + 1 where it is not). */
export const eluGradGradient: tf.GradConfig = {
  kernelName: tf.EluGrad,
  inputsToSave: ['dy', 'y'],
  gradFunc: (d, [dy, y]) => ({
    dy: () => runKernel(tf.EluGrad, { dy: d as tf.Tensor, y: y! }),
    y: () => tf.mul(tf.mul(d as tf.Tensor, dy!), tf.cast(tf.less(y!, 0), 'float32')),
  }),
};

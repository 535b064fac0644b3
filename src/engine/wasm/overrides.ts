import * as tf from '@tensorflow/tfjs-core';
import { conv2dFilterKernel, conv2dInputKernel, conv2dKernel } from './conv2d.ts';
import { gatherKernel } from './gather.ts';
import { registeredKernel, registerKernel } from './kernel.ts';
import { leakyReluKernel } from './leaky-relu.ts';
import { matMulKernel } from './mat-mul.ts';
import { maxPoolGradKernel, maxPoolWithArgmaxKernel } from './max-pool.ts';
import { segmentSumKernel } from './segment-sum.ts';
import { castKernel, identityKernel } from './share.ts';
import { tileKernel } from './tile.ts';

/**
 * Adds the kernels that the WebAssembly backend lacks and replaces those that are slow or wrong.
 * Call it once, when the backend stands: it wraps the kernels that are registered.
 */
export function overrideKernels(): void {
  const transpose = registeredKernel(tf.Transpose);
  const matMul = matMulKernel(registeredKernel(tf.BatchMatMul), transpose);
  registerKernel(tf.BatchMatMul, matMul);
  registerKernel(tf.Cast, castKernel(registeredKernel(tf.Cast)));
  registerKernel(tf.Conv2D, conv2dKernel(registeredKernel(tf.Conv2D)));
  registerKernel(tf.Conv2DBackpropFilter, conv2dFilterKernel(matMul));
  registerKernel(tf.Conv2DBackpropInput, conv2dInputKernel(matMul, transpose));
  registerKernel(tf.GatherV2, gatherKernel(registeredKernel(tf.GatherV2)));
  registerKernel(tf.Identity, identityKernel);
  registerKernel(tf.LeakyRelu, leakyReluKernel(registeredKernel(tf.Prelu)));
  registerKernel(tf.MaxPoolGrad, maxPoolGradKernel);
  registerKernel(tf.MaxPoolWithArgmax, maxPoolWithArgmaxKernel);
  registerKernel(tf.Tile, tileKernel);
  registerKernel(tf.UnsortedSegmentSum, segmentSumKernel);
}

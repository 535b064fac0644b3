import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import { once } from '../once.ts';
import { reducedGradient } from './broadcast.ts';
import { conv2dFilterGradient, dilatedConv2dGradient } from './conv2d.ts';
import { depthToSpaceGradient } from './depth-to-space.ts';
import { eluGradGradient } from './elu.ts';
import { gatherGradient, gatherNdGradient, scatterNdGradient } from './gather.ts';
import { leakyReluGradient } from './leaky-relu.ts';
import { mirrorPadGradient } from './mirror-pad.ts';
import { avgPoolGradGradient, maxPoolGradGradient, unpaddedAvgPoolGradient } from './pool.ts';
import { refusedGradients } from './refused.ts';
import { resizeBilinearGradient, resizeNearestGradient } from './resize.ts';
import { mendTape } from './tape.ts';
import { tileGradient } from './tile.ts';

const improved = new Map([
  [tf.AvgPool, unpaddedAvgPoolGradient],
  [tf.BatchMatMul, reducedGradient],
  [tf.Conv2D, dilatedConv2dGradient],
  [tf.GatherV2, gatherGradient],
  [tf.Maximum, reducedGradient],
  [tf.Minimum, reducedGradient],
  [tf.SquaredDifference, reducedGradient],
]);

const own: readonly tf.GradConfig[] = [
  avgPoolGradGradient,
  conv2dFilterGradient,
  depthToSpaceGradient,
  eluGradGradient,
  gatherNdGradient,
  leakyReluGradient,
  maxPoolGradGradient,
  mirrorPadGradient,
  resizeBilinearGradient,
  resizeNearestGradient,
  scatterNdGradient,
  tileGradient,
  ...refusedGradients,
];

/**
 * Makes the gradients of TensorFlow.js right, and complete enough for second order, on every
 * backend and once for the whole process: mends the tape, adds the gradients that are missing, and
 * replaces those that are wrong or slow.
 */
export function mendGradients(): void {
  once('gradients', () => {
    // Its node build registers the gradients of TensorFlow.js, which the node build of the core
    // lacks. It takes long to load, so only what trains loads it.
    createRequire(import.meta.url)('@tensorflow/tfjs-layers');
    mendTape();
    for (const [kernel, improve] of improved) tf.registerGradient(improve(tf.getGradient(kernel)));
    for (const gradient of own) tf.registerGradient(gradient);
  });
}

import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, positiveNumber, wholeNumber } from '../../base/index.ts';
import { Value } from '../../engine/index.ts';
import { type BatchNormOptions, centredBatch, scaled } from './batch-norm.ts';
import { alongChannels, checkCondition, requireCondition } from './condition.ts';
import type { Layer } from './layer.ts';

/**
 * Batch normalisation whose gains and biases are those of the condition: one row of a table for
 * each class, 1 and 0 at first. De Vries et al., https://arxiv.org/abs/1707.00683, section 3, with
 * a table in the place of a network that predicts them; in the generator of SAGAN.
 * @param size that of the condition, the number of classes
 */
export function conditionalBatchNorm(
  size: number,
  { momentum = 0.9, epsilon = 1e-5 }: BatchNormOptions = {},
): Layer {
  positiveNumber('conditionalBatchNorm: epsilon', epsilon);
  wholeNumber('conditionalBatchNorm: size', size, 1);
  finiteNumber('conditionalBatchNorm: momentum', momentum, 0, 1);
  return {
    init(_, shape, inputs) {
      checkCondition('conditionalBatchNorm', inputs, size);
      const channels = shape.at(-1);
      if (channels === undefined)
        throw new RangeError(`conditionalBatchNorm: expected inputs of rank 1 or more, got [${shape}]`);
      return {
        weights: { gain: Value.filled([size, channels], 1), bias: Value.filled([size, channels], 0) },
        buffers: { mean: Value.filled([channels], 0), variance: Value.filled([channels], 1) },
        shape,
      };
    },
    apply({ weights, buffers }, x, training, condition) {
      const given = requireCondition('conditionalBatchNorm', condition, size);
      const row = (table: unknown) => alongChannels(tf.matMul(given, table as tf.Tensor2D), x.rank);
      const centred = centredBatch(x, buffers, training, momentum);
      return { y: scaled(centred, row(weights.gain), row(weights.bias), epsilon), buffers: centred.buffers };
    },
  };
}

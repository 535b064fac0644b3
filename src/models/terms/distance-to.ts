import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, oneOf } from '../../base/index.ts';
import { meanAbsoluteError, meanSquaredError } from '../losses/distances.ts';
import type { GeneratorTerm } from './term.ts';

/** Options of the distance to a target. */
export interface DistanceToOptions {
  /** @default 100 */
  readonly weight?: number;
  /** Mean absolute error, or mean squared error. @default 'l1' */
  readonly metric?: 'l1' | 'l2';
}

const metrics = { l1: meanAbsoluteError, l2: meanSquaredError };

/**
 * The distance of what the generator makes from what it should have made, the examples of the batch
 * (input `target`). For generators of something given, whose outputs lie beside the batch. Isola et
 * al., https://arxiv.org/abs/1611.07004, equation 3. Reports `distance`, without its weight.
 * @throws RangeError naming the option that is wrong
 */
export function distanceTo({ weight = 100, metric = 'l1' }: DistanceToOptions = {}): GeneratorTerm {
  finiteNumber('distanceTo: weight', weight, 0);
  const measure = metrics[oneOf('distanceTo: metric', metric, ['l1', 'l2'] as const)];
  return {
    name: 'distance to the target',
    add({ made, inputs }) {
      const distance = measure(made.y, inputs.target!);
      return { loss: tf.mul(weight, distance), values: { distance } };
    },
    inputs: ({ examples }) => ({ target: examples }),
  };
}

import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber } from '../../base/index.ts';
import { normals, type Tree, Value } from '../../engine/index.ts';
import { gaussianEntropy, gaussianLogProbability } from '../learning/gaussian.ts';
import type { Policy } from './policy.ts';

/** Between which bounds an environment takes each number of an action. */
export interface ActionBounds {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * As many normals as an action has numbers: the means are outputs of the network, the logarithms of
 * the deviations weights of their own, the same in every state. What is drawn beyond the bounds is
 * cut to them for the environment alone.
 * @param logDeviation with which all deviations begin
 */
export function gaussianPolicy({ low, high }: ActionBounds, logDeviation = 0): Policy<readonly number[]> {
  finiteNumber('gaussianPolicy: logDeviation', logDeviation);
  const numbers = low.length;
  const within = (value: number, i: number) => Math.min(high[i]!, Math.max(low[i]!, value));
  return {
    outputs: numbers,
    own: () => ({ logDeviation: Value.filled([numbers], logDeviation) }),
    logProbability: (mean, own, action) =>
      gaussianLogProbability(mean, own.logDeviation as tf.Tensor, action),
    entropy: (_, own) => gaussianEntropy(own.logDeviation as tf.Tensor),
    input: (given, count) => new Value('float32', [count, numbers], given as Float32Array),
    choices: (rows, key) => ({
      actions: new Float32Array(rows * numbers),
      logProbabilities: new Float32Array(rows),
      chance: normals(key, [rows * numbers]).data as Float32Array,
    }),
    draw(means, own, row, { actions, logProbabilities, chance }) {
      const { data } = (own as Tree<Value> & { logDeviation: Value }).logDeviation;
      let log = 0;
      for (let i = 0; i < numbers; i++) {
        const bell = chance[row * numbers + i]!;
        actions[row * numbers + i] = means[i]! + Math.exp(data[i]!) * bell;
        log -= 0.5 * bell * bell + data[i]! + 0.5 * Math.log(2 * Math.PI);
      }
      logProbabilities[row] = log;
      return low.map((_, i) => within(actions[row * numbers + i]!, i));
    },
    named: (mean, own) => ({
      mean,
      logDeviation: tf.add(tf.zerosLike(mean), own.logDeviation as tf.Tensor),
      action: tf.minimum(tf.maximum(mean, tf.tensor1d([...low])), tf.tensor1d([...high])),
    }),
    best: (means) => Array.from(means, within),
  };
}

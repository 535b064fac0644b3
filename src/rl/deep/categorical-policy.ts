import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { uniforms, Value } from '../../engine/index.ts';
import { categoricalEntropy, categoricalLogProbability } from '../learning/categorical.ts';
import { argMax } from './arg-max.ts';
import type { Policy } from './policy.ts';

/** One of `actions` actions, with the probabilities that are the softmax of as many outputs. */
export function categoricalPolicy(actions: number): Policy<number> {
  wholeNumber('categoricalPolicy: actions', actions, 1);
  return {
    outputs: actions,
    own: () => ({}),
    logProbability: (logits, _, action) => categoricalLogProbability(logits, action),
    entropy: (logits) => categoricalEntropy(logits),
    input: (given, count) => new Value('int32', [count], given as Int32Array),
    choices: (rows, key) => ({
      actions: new Int32Array(rows),
      logProbabilities: new Float32Array(rows),
      chance: uniforms(key, [rows]).data as Float32Array,
    }),
    draw(logits, _, row, choices) {
      const largest = logits[argMax(logits)]!;
      const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
      let rest = choices.chance[row]! * total;
      let action = 0;
      while (action < actions - 1) {
        rest -= Math.exp(logits[action]! - largest);
        if (rest < 0) break;
        action++;
      }
      choices.actions[row] = action;
      choices.logProbabilities[row] = logits[action]! - largest - Math.log(total);
      return action;
    },
    named: (logits) => ({ logits, action: tf.argMax(logits, 1) }),
    best: argMax,
  };
}

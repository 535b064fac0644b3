import * as tf from '@tensorflow/tfjs-core';
import { Value } from '../../engine/index.ts';
import type { NetworkProgram } from '../../models/index.ts';

/**
 * A table of values, [states, actions], as a network: from states, [count] of int32, to their rows
 * and the best action of each, the first where several are equal.
 */
export function tableProgram(states: number): NetworkProgram {
  return {
    program: {
      name: 'table/q',
      run(state, { observation }) {
        const values = tf.gather(state.table as tf.Tensor, observation as tf.Tensor1D);
        return { state, outputs: { values, action: tf.argMax(values, 1) } };
      },
    },
    inputs: (rows) => ({
      observation: new Value(
        'int32',
        [rows],
        Int32Array.from({ length: rows }, (_, i) => (i * 7919) % states),
      ),
    }),
  };
}

import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { sgd } from '../../../src/models/index.ts';
import type { AdversaryState } from '../../../src/models/systems/adversaries.ts';
import { improve } from '../../../src/models/systems/improve.ts';
import { compute, engineNames, engines } from '../support.ts';

const before = {
  critic: { weights: { w: Value.of([3, -1]) }, memory: { uses: Value.scalar(4) } },
  generator: { weights: { v: Value.of([2]) }, memory: {} },
  optimizer: { critic: { velocity: { vector: Value.of([10, 0]) } }, generator: {} },
};

describe('improve', () => {
  it.each(engineNames)(
    'takes one step against the gradient of the loss, for one player alone (%s)',
    (name) => {
      const { state, outputs } = compute(
        { before, rate: Value.scalar(0.1) },
        (given) =>
          improve(
            given.before as unknown as AdversaryState,
            'critic',
            sgd({ rate: 1, momentum: 0.5 }),
            given.rate,
            (weights) => ({
              loss: tf.sum(tf.square(weights.w as tf.Tensor)),
              extra: {
                memory: { uses: tf.add(given.before.critic.memory.uses, 1) },
                values: { largest: tf.max(weights.w as tf.Tensor) },
              },
            }),
          ),
        engines[name],
      );
      // Gradient [6, -2], velocity [0.5 * 10 + 6, -2], step a tenth of it.
      expect(state).toEqual({
        critic: { weights: { w: Value.of([3 - 1.1, -1 + 0.2]) }, memory: { uses: Value.scalar(5) } },
        generator: before.generator,
        optimizer: { critic: { velocity: { vector: Value.of([11, -2]) } }, generator: {} },
      });
      expect(outputs).toEqual({ loss: Value.scalar(10), largest: Value.scalar(3) });
    },
  );
});

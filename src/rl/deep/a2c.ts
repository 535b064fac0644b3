import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, wholeNumber } from '../../base/index.ts';
import { type Tree, Value } from '../../engine/index.ts';
import { type Optimizer, rateAt } from '../../models/index.ts';
import { explainedVariance } from '../learning/explained-variance.ts';
import { nStepReturns } from '../learning/n-step-returns.ts';
import { ActorCritic, type ActorCriticOptions } from './actor-critic.ts';
import type { Method } from './method.ts';
import { PolicyActor, type RolloutWithValues } from './policy-actor.ts';
import { judgedInputs, policyGradient } from './policy-gradient.ts';
import { episodeValues, scalars } from './rollout.ts';

/** What makes an advantage actor-critic. */
export interface A2cOptions<Action> extends ActorCriticOptions<Action> {
  readonly optimizer: Optimizer;
  /**
   * Steps that each world is played in a step, which is also how many rewards a return takes before
   * it bootstraps. @default 5
   */
  readonly steps?: number;
  /** Discount of the future. @default 0.99 */
  readonly gamma?: number;
  /** What a nat of entropy is worth. @default 0.01 */
  readonly entropy?: number;
  /** Share of the critic's loss. @default 0.5 */
  readonly value?: number;
  /** The largest norm of the gradient, above which it is scaled down. @default 0.5 */
  readonly gradient?: number;
}

/**
 * Advantage actor-critic, the synchronous form of A3C: a few steps in every world, then one update.
 * Mnih et al., https://arxiv.org/abs/1602.01783, algorithm S3.
 *
 * Values of its events: `loss`, `policyLoss`, `valueLoss`, `entropy`, `explainedVariance`; `return`
 * and `length` (means of the episodes that ended in the step).
 * @throws RangeError naming the option that is wrong
 */
export function a2c<Action>(
  options: A2cOptions<Action>,
): Method<RolloutWithValues, Action, RolloutWithValues> {
  const { optimizer, steps = 5, gamma = 0.99 } = options;
  wholeNumber('a2c: steps', steps, 1);
  finiteNumber('a2c: gamma', gamma, 0, 1);
  const parts = new ActorCritic(options);
  const update = policyGradient(parts, {
    name: 'a2c',
    optimizer,
    valueWeight: finiteNumber('a2c: value', options.value ?? 0.5, 0),
    entropyWeight: finiteNumber('a2c: entropy', options.entropy ?? 0.01, 0),
    clip: options.gradient ?? 0.5,
    policyLoss: (logNow, { advantage }) => ({ loss: tf.neg(tf.mean(tf.mul(logNow, advantage))) }),
  });

  return {
    name: 'a2c',
    init(key) {
      const weights = parts.init(key);
      return { weights, optimizer: optimizer.init(weights) };
    },
    weights: (state) => state.weights as Tree<Value>,
    acting: parts.acting('a2c'),
    actor: () => new PolicyActor(parts, steps),
    *learn(rollout, { index }) {
      const discounts = rollout.discounts.map((discount) => gamma * discount);
      const goals = nStepReturns({ ...rollout, discounts }, steps);
      const outputs = yield {
        program: update,
        inputs: {
          ...judgedInputs(parts, rollout, goals),
          rate: Value.scalar(rateAt(optimizer.rate, index)),
        },
      };
      const explained = explainedVariance(goals, rollout.valuesBefore);
      return { ...scalars(outputs), explainedVariance: explained, ...episodeValues(rollout.episodes) };
    },
  };
}

import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, type OptionNames, positiveNumber, wholeNumber } from '../../base/index.ts';
import { type Tree, Value } from '../../engine/index.ts';
import { type Optimizer, rateAt } from '../../models/index.ts';
import { explainedVariance } from '../learning/explained-variance.ts';
import { nStepReturns } from '../learning/n-step-returns.ts';
import { ActorCritic, type ActorCriticOptions } from './actor-critic.ts';
import { checkAgentOptions } from './check-options.ts';
import type { Method } from './method.ts';
import { PolicyActor, type RolloutWithValues } from './policy-actor.ts';
import { gradientInputs, policyGradient } from './policy-gradient.ts';
import { episodeValues, scalars } from './rollout.ts';

/** What makes an advantage actor-critic. */
export interface A2cOptions<Action> extends ActorCriticOptions<Action> {
  readonly optimizer: Optimizer;
  /**
   * Steps that each environment is played in a step, which is also how many rewards a return takes
   * before it bootstraps. @default 5
   */
  readonly rolloutSteps?: number;
  /** Discount of the future. @default 0.99 */
  readonly gamma?: number;
  /** Weight of the entropy, which is subtracted from the loss. @default 0.01 */
  readonly entCoef?: number;
  /** Weight of the critic's loss. @default 0.5 */
  readonly vfCoef?: number;
  /** A gradient of a larger norm is scaled down to this norm. @default 0.5 */
  readonly maxGradNorm?: number;
}

const names: OptionNames<A2cOptions<unknown>> = {
  observation: true,
  policy: true,
  network: true,
  optimizer: true,
  rolloutSteps: true,
  gamma: true,
  entCoef: true,
  vfCoef: true,
  maxGradNorm: true,
};

/**
 * Advantage actor-critic, the synchronous form of A3C: a few steps in every environment, then one
 * update. Mnih et al., https://arxiv.org/abs/1602.01783, algorithm S3.
 *
 * Values of its events: `loss`, `policyLoss`, `valueLoss`, `entropy`, `explainedVariance`; `return`
 * and `length` (means of the episodes that ended in the step).
 * @throws TypeError, RangeError naming the option that is wrong
 */
export function a2c<Action>(
  options: A2cOptions<Action>,
): Method<RolloutWithValues, Action, RolloutWithValues> {
  checkAgentOptions('a2c', options, names);
  const { optimizer, rolloutSteps = 5, gamma = 0.99 } = options;
  wholeNumber('a2c: rolloutSteps', rolloutSteps, 1);
  finiteNumber('a2c: gamma', gamma, 0, 1);
  const parts = new ActorCritic(options);
  const update = policyGradient(parts, {
    name: 'a2c',
    optimizer,
    vfCoef: finiteNumber('a2c: vfCoef', options.vfCoef ?? 0.5, 0),
    entCoef: finiteNumber('a2c: entCoef', options.entCoef ?? 0.01, 0),
    maxGradNorm: positiveNumber('a2c: maxGradNorm', options.maxGradNorm ?? 0.5),
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
    networks: parts.networks('a2c'),
    actor: () => new PolicyActor(parts, rolloutSteps),
    *learn(rollout, { index }) {
      const discounts = rollout.discounts.map((discount) => gamma * discount);
      const returns = nStepReturns({ ...rollout, discounts }, rolloutSteps);
      const outputs = yield {
        program: update,
        inputs: {
          ...gradientInputs(parts, rollout, returns),
          rate: Value.scalar(rateAt(optimizer.rate, index)),
        },
      };
      const explained = explainedVariance(returns, rollout.valuesBefore);
      return { ...scalars(outputs), explainedVariance: explained, ...episodeValues(rollout.episodes) };
    },
  };
}

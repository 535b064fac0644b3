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
import { type EndedEpisode, episodeValues, scalars } from './rollout.ts';

/** What makes REINFORCE with a baseline. */
export interface ReinforceOptions<Action> extends ActorCriticOptions<Action> {
  readonly optimizer: Optimizer;
  /**
   * Steps after which an episode that has not ended is cut off. A step is one episode in every
   * environment.
   */
  readonly longest: number;
  /** Discount of the future. @default 0.99 */
  readonly gamma?: number;
  /** Weight of the entropy, which is subtracted from the loss. @default 0 */
  readonly entCoef?: number;
  /** Weight of the baseline's loss. @default 0.5 */
  readonly vfCoef?: number;
  /** A gradient of a larger norm is scaled down to this norm. @default 0.5 */
  readonly maxGradNorm?: number;
}

const names: OptionNames<ReinforceOptions<unknown>> = {
  observation: true,
  policy: true,
  network: true,
  optimizer: true,
  longest: true,
  gamma: true,
  entCoef: true,
  vfCoef: true,
  maxGradNorm: true,
};

/**
 * REINFORCE: every action is made more likely by what followed it, less what the baseline had
 * expected. Williams, Machine Learning 8 (1992); Sutton and Barto (2018), section 13.4.
 *
 * Values of its events: `loss`, `policyLoss`, `valueLoss`, `entropy`, `explainedVariance`, and of
 * the episodes of the step `return` and `length`.
 * @throws TypeError, RangeError naming the option that is wrong
 */
export function reinforce<Action>(
  options: ReinforceOptions<Action>,
): Method<RolloutWithValues, Action, RolloutWithValues> {
  checkAgentOptions('reinforce', options, names);
  const { optimizer, longest, gamma = 0.99 } = options;
  wholeNumber('reinforce: longest', longest, 1);
  finiteNumber('reinforce: gamma', gamma, 0, 1);
  const parts = new ActorCritic(options);
  const mean = (rows: tf.Tensor, { share }: Tree<tf.Tensor>) => tf.sum(tf.mul(rows, share as tf.Tensor));
  const update = policyGradient(parts, {
    name: 'reinforce',
    optimizer,
    mean,
    vfCoef: finiteNumber('reinforce: vfCoef', options.vfCoef ?? 0.5, 0),
    entCoef: finiteNumber('reinforce: entCoef', options.entCoef ?? 0, 0),
    maxGradNorm: positiveNumber('reinforce: maxGradNorm', options.maxGradNorm ?? 0.5),
    policyLoss: (logNow, inputs) => ({ loss: tf.neg(mean(tf.mul(logNow, inputs.advantage), inputs)) }),
  });

  return {
    name: 'reinforce',
    init(key) {
      const weights = parts.init(key);
      return { weights, optimizer: optimizer.init(weights) };
    },
    weights: (state) => state.weights as Tree<Value>,
    acting: parts.acting('reinforce'),
    networks: parts.networks('reinforce'),
    actor: () => new PolicyActor(parts, longest, true),
    *learn(rollout, { index }) {
      const rows = rollout.rewards.length;
      const discounts = rollout.discounts.map((discount) => gamma * discount);
      const returns = nStepReturns({ ...rollout, discounts }, Infinity);
      const outputs = yield {
        program: update,
        inputs: {
          ...gradientInputs(parts, rollout, returns),
          share: Value.of(shares(rows, rollout.episodes)),
          rate: Value.scalar(rateAt(optimizer.rate, index)),
        },
      };
      const played = Array.from(returns.keys()).filter((row) => inEpisode(row, rollout.episodes));
      const explained = explainedVariance(
        played.map((row) => returns[row]!),
        played.map((row) => rollout.valuesBefore[row]!),
      );
      return { ...scalars(outputs), explainedVariance: explained, ...episodeValues(rollout.episodes) };
    },
  };
}

/** Whether a row is a step of an episode, and none of the empty ones after its end. */
function inEpisode(row: number, episodes: readonly EndedEpisode[]): boolean {
  return Math.floor(row / episodes.length) < episodes[row % episodes.length]!.length;
}

/**
 * What each row counts in a mean over the steps of all episodes: all alike, and empty rows nothing.
 */
function shares(rows: number, episodes: readonly EndedEpisode[]): Float32Array {
  const steps = episodes.reduce((sum, { length }) => sum + length, 0);
  return Float32Array.from({ length: rows }, (_, row) => (inEpisode(row, episodes) ? 1 / steps : 0));
}

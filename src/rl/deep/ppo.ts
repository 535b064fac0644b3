import type * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, type OptionNames, positiveNumber, wholeNumber } from '../../base/index.ts';
import { type Tree, Value } from '../../engine/index.ts';
import { type Optimizer, type Rate, rateAt } from '../../models/index.ts';
import { clippedSurrogate } from '../learning/clipped-surrogate.ts';
import { explainedVariance } from '../learning/explained-variance.ts';
import { gae } from '../learning/gae.ts';
import { normalised } from '../learning/normalised.ts';
import { ActorCritic, type ActorCriticOptions } from './actor-critic.ts';
import { checkAgentOptions, checkSchedule } from './check-options.ts';
import { Means } from './means.ts';
import type { Method } from './method.ts';
import type { Minibatched } from './minibatched.ts';
import { PolicyActor, type RolloutWithValues } from './policy-actor.ts';
import { policyGradient } from './policy-gradient.ts';
import { episodeValues } from './rollout.ts';
import { rowsOf } from './rows-of.ts';

/** What makes proximal policy optimisation. */
export interface PpoOptions<Action> extends ActorCriticOptions<Action> {
  readonly optimizer: Optimizer;
  /** Environment steps of each environment in a step. */
  readonly rolloutSteps: number;
  /** Discount of the future. @default 0.99 */
  readonly gamma?: number;
  /** How far the advantages trust the returns, from 0 to 1. @default 0.95 */
  readonly lambda?: number;
  /** How far from 1 a ratio is rewarded, in a step. @default 0.2 */
  readonly clip?: Rate;
  /** Weight of the entropy, which is subtracted from the loss. @default 0 */
  readonly entCoef?: number;
  /** Weight of the critic's loss. @default 0.5 */
  readonly vfCoef?: number;
  /** A gradient of a larger norm is scaled down to this norm. @default 0.5 */
  readonly maxGradNorm?: number;
}

const names: OptionNames<PpoOptions<unknown>> = {
  observation: true,
  policy: true,
  network: true,
  optimizer: true,
  rolloutSteps: true,
  lambda: true,
  clip: true,
  gamma: true,
  entCoef: true,
  vfCoef: true,
  maxGradNorm: true,
};

/**
 * Proximal policy optimisation with the clipped surrogate. Schulman et al.,
 * https://arxiv.org/abs/1707.06347, with the advantages of https://arxiv.org/abs/1506.02438.
 *
 * Values of its events, means over the updates of a step: `loss`, `policyLoss`, `valueLoss`,
 * `entropy`, `approxKl`, `clipFraction`; `explainedVariance` (of the estimates that acted);
 * `return` and `length` (means of the episodes that ended in the step).
 * @throws TypeError, RangeError naming the option that is wrong
 */
export function ppo<Action>(
  options: PpoOptions<Action>,
): Method<Minibatched<RolloutWithValues>, Action, RolloutWithValues> {
  checkAgentOptions('ppo', options, names);
  const { optimizer, rolloutSteps, gamma = 0.99, lambda = 0.95, clip = 0.2 } = options;
  wholeNumber('ppo: rolloutSteps', rolloutSteps, 1);
  finiteNumber('ppo: gamma', gamma, 0, 1);
  finiteNumber('ppo: lambda', lambda, 0, 1);
  checkSchedule('ppo: clip', clip);
  const parts = new ActorCritic(options);
  const update = policyGradient(parts, {
    name: 'ppo',
    optimizer,
    vfCoef: finiteNumber('ppo: vfCoef', options.vfCoef ?? 0.5, 0),
    entCoef: finiteNumber('ppo: entCoef', options.entCoef ?? 0, 0),
    maxGradNorm: positiveNumber('ppo: maxGradNorm', options.maxGradNorm ?? 0.5),
    policyLoss(logNow, { advantage, ...inputs }) {
      const { loss, ...values } = clippedSurrogate(
        inputs.logBefore as tf.Tensor,
        logNow,
        advantage,
        inputs.clip as tf.Tensor,
      );
      return { loss, values };
    },
  });

  return {
    name: 'ppo',
    init(key) {
      const weights = parts.init(key);
      return { weights, optimizer: optimizer.init(weights) };
    },
    weights: (state) => state.weights as Tree<Value>,
    acting: parts.acting('ppo'),
    networks: parts.networks('ppo'),
    actor: () => new PolicyActor(parts, rolloutSteps),
    *learn({ rollout, minibatches }, { index, key }) {
      const means = new Means();
      const discounts = rollout.discounts.map((discount) => gamma * discount);
      const advantages = gae({ ...rollout, discounts }, rollout.valuesBefore, lambda);
      const returns = advantages.map((advantage, row) => advantage + rollout.valuesBefore[row]!);
      const [rate, clipNow] = [rateAt(optimizer.rate, index), rateAt(clip, index)];
      for (const rows of minibatches(key)) {
        const vector = (numbers: Float32Array) => Value.of(rowsOf(numbers, rows, 1));
        const width = rollout.actions.length / rollout.rewards.length;
        const inputs = {
          before: Value.of(rowsOf(rollout.before, rows, parts.observation), [rows.length, parts.observation]),
          action: parts.policy.input(rowsOf(rollout.actions, rows, width), rows.length),
          logBefore: vector(rollout.logProbabilities),
          advantage: Value.of(normalised(rowsOf(advantages, rows, 1))),
          returns: vector(returns),
          rate: Value.scalar(rate),
          clip: Value.scalar(clipNow),
        };
        means.add(yield { program: update, inputs });
      }
      const explained = explainedVariance(returns, rollout.valuesBefore);
      return { ...means.values, explainedVariance: explained, ...episodeValues(rollout.episodes) };
    },
  };
}

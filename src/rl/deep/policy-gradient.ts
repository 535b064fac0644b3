import * as tf from '@tensorflow/tfjs-core';
import { differentiate, type Program, type Tree, Value } from '../../engine/index.ts';
import { clipGradients, type Optimizer, pack } from '../../models/index.ts';
import type { ActorCritic, ActorCriticWeights } from './actor-critic.ts';
import type { RolloutWithValues } from './policy-actor.ts';

/** What a program of a policy's update takes. */
export interface GradientInputs extends Tree<tf.Tensor> {
  /** [count, numbers] */
  readonly before: tf.Tensor;
  readonly action: tf.Tensor;
  /** [count], likewise the next one. */
  readonly advantage: tf.Tensor;
  /** What the estimates should have been. */
  readonly returns: tf.Tensor;
  readonly rate: tf.Tensor;
}

/**
 * A rollout as such a program takes it, all but the rate: advantages are what the returns exceed
 * the estimates by.
 */
export function gradientInputs<Action>(
  { observation, policy }: ActorCritic<Action>,
  { before, actions, valuesBefore }: RolloutWithValues,
  returns: Float32Array | Float64Array,
): Tree<Value> {
  const rows = returns.length;
  return {
    before: new Value('float32', [rows, observation], before),
    action: policy.input(actions, rows),
    advantage: Value.of(returns.map((value, row) => value - valuesBefore[row]!)),
    returns: Value.of(returns),
  };
}

/** The loss of a policy, and its metrics. */
export interface PolicyLoss {
  readonly loss: tf.Tensor;
  readonly values?: Tree<tf.Tensor>;
}

/** How an actor and its critic learn. */
export interface GradientRules {
  readonly name: string;
  readonly optimizer: Optimizer;
  /** Weight of the critic's loss. */
  readonly vfCoef: number;
  /** Weight of the entropy, which is subtracted from the loss. */
  readonly entCoef: number;
  /** A gradient of a larger norm is scaled down to this norm. */
  readonly maxGradNorm: number;
  /** The mean over the rows of a batch; the plain one where absent. */
  mean?(rows: tf.Tensor, inputs: GradientInputs): tf.Tensor;
  /** @param logNow ln of the probability of the actions now, [count] */
  policyLoss(logNow: tf.Tensor, inputs: GradientInputs): PolicyLoss;
}

/**
 * One step against policyLoss + vfCoef * valueLoss - entCoef * entropy, where valueLoss
 * is half the mean squared error of the critic. Reports all four, and the metrics of the policy's
 * loss.
 */
export function policyGradient<Action>(parts: ActorCritic<Action>, rules: GradientRules): Program {
  const { optimizer, vfCoef, entCoef, maxGradNorm, mean = (rows: tf.Tensor) => tf.mean(rows) } = rules;
  return {
    name: `${rules.name}/update`,
    player: 'agent',
    learningRate: 'rate',
    run(state, given) {
      const inputs = given as GradientInputs;
      const { weights, optimizer: slots } = state as Record<string, Tree<tf.Tensor>>;
      const { loss, gradients, extra } = differentiate(weights as ActorCriticWeights, (at) => {
        const { outputs, value } = parts.apply(at, inputs.before);
        const logNow = parts.policy.logProbability(outputs, at.own, inputs.action);
        const { loss: policyLoss, values = {} } = rules.policyLoss(logNow, inputs);
        const valueLoss = tf.div(mean(tf.squaredDifference(value, inputs.returns), inputs), 2);
        const nats = parts.policy.entropy(outputs, at.own);
        const entropy = nats.rank === 0 ? nats : mean(nats, inputs);
        const loss = tf.sub(tf.add(policyLoss, tf.mul(valueLoss, vfCoef)), tf.mul(entropy, entCoef));
        return { loss, extra: { policyLoss, valueLoss, entropy, ...values } };
      });
      const next = optimizer.update(
        clipGradients(pack(gradients), maxGradNorm),
        slots!,
        weights!,
        inputs.rate,
      );
      return { state: { weights: next.weights, optimizer: next.slots }, outputs: { loss, ...extra } };
    },
  };
}

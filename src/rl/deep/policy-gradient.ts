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
  readonly goal: tf.Tensor;
  readonly rate: tf.Tensor;
}

/**
 * A rollout as such a program takes it, all but the rate: advantages are what the goals exceed the
 * estimates by.
 */
export function judgedInputs<Action>(
  { observation, policy }: ActorCritic<Action>,
  { before, actions, valuesBefore }: RolloutWithValues,
  goals: Float32Array | Float64Array,
): Tree<Value> {
  const rows = goals.length;
  return {
    before: new Value('float32', [rows, observation], before),
    action: policy.input(actions, rows),
    advantage: Value.of(goals.map((goal, row) => goal - valuesBefore[row]!)),
    goal: Value.of(goals),
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
  /** Share of the critic's loss. */
  readonly valueWeight: number;
  /** What a nat of entropy is worth. */
  readonly entropyWeight: number;
  /** The largest norm of the gradient, above which it is scaled down. */
  readonly clip: number;
  /** The mean over the rows of a batch; the plain one where absent. */
  mean?(rows: tf.Tensor, inputs: GradientInputs): tf.Tensor;
  /** @param logNow ln of the probability of the actions now, [count] */
  policyLoss(logNow: tf.Tensor, inputs: GradientInputs): PolicyLoss;
}

/**
 * One step against policyLoss + valueWeight * valueLoss - entropyWeight * entropy, where valueLoss
 * is half the mean squared error of the critic. Reports all four, and the metrics of the policy's
 * loss.
 */
export function policyGradient<Action>(parts: ActorCritic<Action>, rules: GradientRules): Program {
  const { optimizer, valueWeight, entropyWeight, clip, mean = (rows: tf.Tensor) => tf.mean(rows) } = rules;
  return {
    name: `${rules.name}/update`,
    run(state, given) {
      const inputs = given as GradientInputs;
      const { weights, optimizer: slots } = state as Record<string, Tree<tf.Tensor>>;
      const { loss, gradients, extra } = differentiate(weights as ActorCriticWeights, (at) => {
        const { outputs, value } = parts.apply(at, inputs.before);
        const logNow = parts.policy.logProbability(outputs, at.own, inputs.action);
        const { loss: policyLoss, values = {} } = rules.policyLoss(logNow, inputs);
        const valueLoss = tf.div(mean(tf.squaredDifference(value, inputs.goal), inputs), 2);
        const nats = parts.policy.entropy(outputs, at.own);
        const entropy = nats.rank === 0 ? nats : mean(nats, inputs);
        const loss = tf.sub(
          tf.add(policyLoss, tf.mul(valueLoss, valueWeight)),
          tf.mul(entropy, entropyWeight),
        );
        return { loss, extra: { policyLoss, valueLoss, entropy, ...values } };
      });
      const next = optimizer.update(clipGradients(pack(gradients), clip), slots!, weights!, inputs.rate);
      return { state: { weights: next.weights, optimizer: next.slots }, outputs: { loss, ...extra } };
    },
  };
}

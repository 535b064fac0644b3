import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, type OptionNames, positiveNumber } from '../../base/index.ts';
import { differentiate, fold, normals, type Program, type Tree, Value } from '../../engine/index.ts';
import { movingAverage, pack, rateAt } from '../../models/index.ts';
import { logDeviationBounds, type Squashed, squashedGaussian } from '../learning/squashed-gaussian.ts';
import { temperatureGradient } from '../learning/temperature.ts';
import { softTarget } from '../learning/twin-target.ts';
import type { Replayed } from '../replay/replay.ts';
import { type AgentNetwork, agentNetwork } from './agent-network.ts';
import { type ActionRule, ContinuousActor } from './continuous-actor.ts';
import { Means } from './means.ts';
import type { Method } from './method.ts';
import { observing } from './observing.ts';
import {
  checkOffPolicy,
  drawInputs,
  type OffPolicy,
  type OffPolicyOptions,
  offPolicyNames,
  updatesAt,
} from './off-policy.ts';
import { episodeValues } from './rollout.ts';
import { scaledTensor } from './scaled-tensor.ts';
import { type CriticInputs, TwinCritics } from './twin-critics.ts';

/** What makes a soft actor-critic. */
export interface SacOptions extends OffPolicyOptions {
  /** The temperature, the weight of the entropy, at the first step. @default 1 */
  readonly temperature?: number;
  /** Whether the temperature is learnt, towards `targetEntropy`. @default true */
  readonly learnTemperature?: boolean;
  /** Entropy of actions from -1 to 1, in nats. @default less the numbers of an action */
  readonly targetEntropy?: number;
}

type Checked = OffPolicy & Required<Pick<SacOptions, 'temperature' | 'learnTemperature' | 'targetEntropy'>>;

/**
 * A soft actor-critic: a policy of normals squashed by the hyperbolic tangent, twin critics with
 * target networks, and a temperature that is learnt. Haarnoja et al.,
 * https://arxiv.org/abs/1812.05905, algorithm 1.
 *
 * Values of its events, means over the updates of a step: `valueLoss` (of both critics),
 * `policyLoss`, `entropy` (of the policy, of actions from -1 to 1), `temperature`, `tdError` (mean
 * size), `qMean` (of the actions of the memory); `replaySize`; `return` and `length` (means of the
 * episodes that ended in the step).
 * @throws TypeError, RangeError naming the option that is wrong
 */
export function sac(given: SacOptions): Method<Replayed, readonly number[]> {
  const options = checked(given);
  const { observation, numbers, optimizer, batch } = options;
  const policy = agentNetwork(options.network, { inputs: observation, outputs: 2 * numbers });
  const critics = new TwinCritics(options);
  const update = updateProgram(policy, critics, options);
  return {
    name: 'sac',
    init(key) {
      const weights = policy.layer.init(fold(key, 'policy'), [observation]).weights;
      const valued = critics.init(fold(key, 'critics'));
      const temperature = { log: Value.scalar(Math.log(options.temperature)) };
      return {
        policy: weights,
        critics: valued,
        target: critics.init(fold(key, 'critics')),
        temperature,
        optimizer: {
          policy: optimizer.init(weights),
          critics: optimizer.init(valued),
          temperature: optimizer.init(temperature),
        },
      };
    },
    weights: (state) => state.policy as Tree<Value>,
    acting: { name: 'sac/acting', run: (state) => ({ state, outputs: state.policy as Tree<tf.Tensor> }) },
    networks: {
      policy: observing('sac/policy', observation, (state, x) => {
        const [mean, logDeviation] = halves(policy, state.policy as Tree<tf.Tensor>, x);
        return { mean, logDeviation, action: scaledTensor(options.action, tf.tanh(mean)) };
      }),
    },
    actor: () => new ContinuousActor(policy.host(), squashed(numbers), options),
    *learn({ rollout, memory }, { index, key }) {
      const means = new Means();
      for (let number = 0; number < updatesAt(options, index); number++) {
        const own = fold(key, number);
        const drawn = memory.draw(batch, own, rateAt(options.beta, index));
        const inputs = {
          ...drawInputs('sac', drawn, options, { index, memory }),
          noise: normals(fold(own, 'now'), [batch, numbers]),
          noiseAfter: normals(fold(own, 'after'), [batch, numbers]),
        };
        const outputs = yield { program: update, inputs };
        memory.reprioritise(drawn, (outputs.errors as Value).data);
        means.add(outputs);
      }
      return { ...means.values, replaySize: memory.size, ...episodeValues(rollout.episodes) };
    },
  };
}

const names: OptionNames<SacOptions> = {
  ...offPolicyNames,
  temperature: true,
  learnTemperature: true,
  targetEntropy: true,
};

function checked(given: SacOptions): Checked {
  const parts = checkOffPolicy('sac', given, names);
  const options = {
    temperature: 1,
    learnTemperature: true,
    targetEntropy: -parts.numbers,
    ...given,
    ...parts,
  };
  positiveNumber('sac: temperature', options.temperature);
  finiteNumber('sac: targetEntropy', options.targetEntropy);
  return options;
}

/** Means and logarithms of deviations, [count, numbers] each. */
function halves(policy: AgentNetwork, weights: Tree<tf.Tensor>, x: tf.Tensor) {
  const [mean, logDeviation] = tf.split(policy.layer.apply({ weights, buffers: {} }, x, true).y, 2, 1);
  return [mean!, logDeviation!] as const;
}

/** The policy on the host. */
function squashed(numbers: number): ActionRule {
  const [lowest, highest] = logDeviationBounds;
  return {
    best: (outputs, i) => Math.tanh(outputs[i]!),
    explore(outputs, i, noise) {
      const log = Math.min(highest, Math.max(lowest, outputs[numbers + i]!));
      return Math.tanh(outputs[i]! + Math.exp(log) * noise);
    },
  };
}

interface SacInputs extends CriticInputs {
  readonly reward: tf.Tensor;
  readonly discount: tf.Tensor;
  readonly after: tf.Tensor;
  readonly noise: tf.Tensor;
  readonly noiseAfter: tf.Tensor;
  readonly rate: tf.Tensor;
}

/** The critics, then the policy by the new critics, then the temperature and the targets. */
function updateProgram(policy: AgentNetwork, critics: TwinCritics, options: Checked): Program {
  const { optimizer, targetDecay, targetEntropy, learnTemperature } = options;
  const act = (weights: Tree<tf.Tensor>, x: tf.Tensor, noise: tf.Tensor): Squashed =>
    squashedGaussian(...halves(policy, weights, x), noise);
  return {
    name: 'sac/update',
    player: 'agent',
    learningRate: 'rate',
    run(state, given) {
      const inputs = given as SacInputs;
      const { before, reward, discount, after, rate } = inputs;
      const now = state as Record<string, Tree<tf.Tensor>>;
      const slots = now.optimizer as Record<string, Tree<tf.Tensor>>;
      const logTemperature = now.temperature!.log as tf.Tensor;
      const temperature = tf.exp(logTemperature);

      const next = act(now.policy!, after, inputs.noiseAfter);
      const [first, second] = critics.apply(now.target!, after, next.action);
      const { logProbability } = next;
      const targets = softTarget(reward, discount, first, second, { logProbability, temperature });
      const valued = critics.learn(now.critics!, inputs, targets);
      const moved = optimizer.update(pack(valued.gradients), slots.critics!, now.critics!, rate);

      const acted = differentiate(now.policy!, (weights) => {
        const { action, logProbability } = act(weights, before, inputs.noise);
        const [first, second] = critics.apply(moved.weights, before, action);
        const loss = tf.mean(tf.sub(tf.mul(temperature, logProbability), tf.minimum(first, second)));
        return { loss, extra: { logProbability } };
      });
      const better = optimizer.update(pack(acted.gradients), slots.policy!, now.policy!, rate);

      const log = temperatureGradient(logTemperature, acted.extra.logProbability!, targetEntropy);
      const warmer = learnTemperature
        ? optimizer.update(pack({ log }), slots.temperature!, now.temperature!, rate)
        : { weights: now.temperature!, slots: slots.temperature! };
      return {
        state: {
          policy: better.weights,
          critics: moved.weights,
          target: movingAverage(now.target!, moved.weights, targetDecay),
          temperature: warmer.weights,
          optimizer: { policy: better.slots, critics: moved.slots, temperature: warmer.slots },
        },
        outputs: {
          valueLoss: valued.loss,
          policyLoss: acted.loss,
          entropy: tf.neg(tf.mean(acted.extra.logProbability!)),
          temperature,
          ...valued.extra,
        },
      };
    },
  };
}

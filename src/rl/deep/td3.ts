import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, type OptionNames, wholeNumber } from '../../base/index.ts';
import { differentiate, fold, normals, type Program, type Tree, type Value } from '../../engine/index.ts';
import { movingAverage, pack, type Rate, rateAt } from '../../models/index.ts';
import { smoothedAction, twinTarget } from '../learning/twin-target.ts';
import type { Replayed } from '../replay/replay.ts';
import { type AgentNetwork, agentNetwork } from './agent-network.ts';
import { checkSchedule } from './check-options.ts';
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

/** What makes a twin delayed deep deterministic policy gradient. Actions are from -1 to 1. */
export interface Td3Options extends OffPolicyOptions {
  /** Deviation of the normal noise that explores, by the step. @default 0.1 */
  readonly noise?: Rate;
  /** Deviation of the noise of the target policy's actions. @default 0.2 */
  readonly targetNoise?: number;
  /** Bound of that noise. @default 0.5 */
  readonly noiseClip?: number;
  /** Updates of the critics for one of the policy and the target networks. @default 2 */
  readonly policyDelay?: number;
}

type Checked = OffPolicy & Required<Pick<Td3Options, 'noise' | 'targetNoise' | 'noiseClip' | 'policyDelay'>>;

/**
 * Twin delayed deep deterministic policy gradient: a policy without chance, twin critics, target
 * policy smoothing, and a policy that is updated less often than its critics. Fujimoto et al.,
 * https://arxiv.org/abs/1802.09477, algorithm 1.
 *
 * Values of its events, means over the updates of a step: `valueLoss` (of both critics), `tdError`
 * (mean size), `qMean` (of the actions of the memory); `policyLoss`, over the updates that had one;
 * `replaySize`; `return` and `length` (means of the episodes that ended in the step).
 * @throws TypeError, RangeError naming the option that is wrong
 */
export function td3(given: Td3Options): Method<Replayed, readonly number[]> {
  const options = checked(given);
  const { observation, numbers, optimizer, batch, policyDelay, warmup, updates } = options;
  const policy = agentNetwork(options.network, { inputs: observation, outputs: numbers });
  const critics = new TwinCritics(options);
  const programs = {
    critics: updateProgram(policy, critics, options, false),
    all: updateProgram(policy, critics, options, true),
  };
  return {
    name: 'td3',
    init(key) {
      const weights = () => policy.layer.init(fold(key, 'policy'), [observation]).weights;
      const valued = () => critics.init(fold(key, 'critics'));
      return {
        policy: weights(),
        critics: valued(),
        target: { policy: weights(), critics: valued() },
        optimizer: { policy: optimizer.init(weights()), critics: optimizer.init(valued()) },
      };
    },
    weights: (state) => state.policy as Tree<Value>,
    acting: { name: 'td3/acting', run: (state) => ({ state, outputs: state.policy as Tree<tf.Tensor> }) },
    networks: {
      policy: observing('td3/policy', observation, (state, x) => ({
        action: scaledTensor(options.action, act(policy, state.policy as Tree<tf.Tensor>, x)),
      })),
    },
    actor: () => new ContinuousActor(policy.host(), noisy(options), options),
    *learn({ rollout, memory }, { index, key }) {
      const means = { critics: new Means(), all: new Means() };
      for (let number = 0; number < updatesAt(options, index); number++) {
        const own = fold(key, number);
        const drawn = memory.draw(batch, own, rateAt(options.beta, index));
        const inputs = {
          ...drawInputs('td3', drawn, options, { index, memory }),
          noiseAfter: normals(fold(own, 'after'), [batch, numbers]),
        };
        const which = ((index - warmup) * updates + number + 1) % policyDelay === 0 ? 'all' : 'critics';
        const { policyLoss, ...outputs } = yield { program: programs[which], inputs };
        memory.reprioritise(drawn, (outputs.errors as Value).data);
        means.critics.add(outputs);
        if (policyLoss !== undefined) means.all.add({ policyLoss });
      }
      const told = { ...means.critics.values, ...means.all.values };
      return { ...told, replaySize: memory.size, ...episodeValues(rollout.episodes) };
    },
  };
}

const names: OptionNames<Td3Options> = {
  ...offPolicyNames,
  noise: true,
  targetNoise: true,
  noiseClip: true,
  policyDelay: true,
};

function checked(given: Td3Options): Checked {
  const parts = checkOffPolicy('td3', given, names);
  const options = { noise: 0.1, targetNoise: 0.2, noiseClip: 0.5, policyDelay: 2, ...given, ...parts };
  checkSchedule('td3: noise', options.noise);
  finiteNumber('td3: targetNoise', options.targetNoise, 0);
  finiteNumber('td3: noiseClip', options.noiseClip, 0);
  wholeNumber('td3: policyDelay', options.policyDelay, 1);
  return options;
}

/** Actions from -1 to 1. */
function act(policy: AgentNetwork, weights: Tree<tf.Tensor>, x: tf.Tensor): tf.Tensor {
  return tf.tanh(policy.layer.apply({ weights, buffers: {} }, x, true).y);
}

/** The policy on the host, with the noise of a step. */
function noisy({ noise: deviation }: Checked): ActionRule {
  return {
    best: (outputs, i) => Math.tanh(outputs[i]!),
    explore(outputs, i, noise, index) {
      const action = Math.tanh(outputs[i]!) + rateAt(deviation, index) * noise;
      return Math.min(1, Math.max(-1, action));
    },
  };
}

interface Td3Inputs extends CriticInputs {
  readonly reward: tf.Tensor;
  readonly discount: tf.Tensor;
  readonly after: tf.Tensor;
  readonly noiseAfter: tf.Tensor;
  readonly rate: tf.Tensor;
}

/** The critics; where `all`, then the policy by the new first critic, and the target networks. */
function updateProgram(policy: AgentNetwork, critics: TwinCritics, options: Checked, all: boolean): Program {
  const { optimizer, targetDecay, targetNoise, noiseClip } = options;
  const smoothing = { deviation: targetNoise, clip: noiseClip };
  return {
    name: all ? 'td3/update' : 'td3/critics',
    player: 'agent',
    learningRate: 'rate',
    run(state, given) {
      const inputs = given as Td3Inputs;
      const { before, reward, discount, after, rate } = inputs;
      const now = state as Record<string, Tree<tf.Tensor>>;
      const target = now.target as Record<string, Tree<tf.Tensor>>;
      const slots = now.optimizer as Record<string, Tree<tf.Tensor>>;

      const next = smoothedAction(act(policy, target.policy!, after), inputs.noiseAfter, smoothing);
      const targets = twinTarget(reward, discount, ...critics.apply(target.critics!, after, next));
      const { loss, gradients, extra } = critics.learn(now.critics!, inputs, targets);
      const moved = optimizer.update(pack(gradients), slots.critics!, now.critics!, rate);
      const outputs = { valueLoss: loss, ...extra };
      const valued = { ...now, critics: moved.weights, optimizer: { ...slots, critics: moved.slots } };
      if (!all) return { state: valued, outputs };

      const acted = differentiate(now.policy!, (weights) => {
        const value = critics.first(moved.weights, before, act(policy, weights, before));
        return { loss: tf.neg(tf.mean(value)), extra: {} };
      });
      const better = optimizer.update(pack(acted.gradients), slots.policy!, now.policy!, rate);
      return {
        state: {
          policy: better.weights,
          critics: moved.weights,
          target: {
            policy: movingAverage(target.policy!, better.weights, targetDecay),
            critics: movingAverage(target.critics!, moved.weights, targetDecay),
          },
          optimizer: { policy: better.slots, critics: moved.slots },
        },
        outputs: { ...outputs, policyLoss: acted.loss },
      };
    },
  };
}

import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, type OptionNames, positiveNumber, wholeNumber } from '../../base/index.ts';
import { differentiate, fold, type Program, type Tree, Value } from '../../engine/index.ts';
import {
  clipGradients,
  type Layer,
  movingAverage,
  type Optimizer,
  pack,
  type Rate,
  rateAt,
} from '../../models/index.ts';
import { huber } from '../learning/huber.ts';
import { selectActions } from '../learning/select-actions.ts';
import { doubleQTarget, qTarget } from '../learning/td-target.ts';
import type { Replayed } from '../replay/replay.ts';
import type { Drawn } from '../replay/replay-memory.ts';
import { agentNetwork, type NetworkOptions } from './agent-network.ts';
import { checkAgentOptions, checkSchedule } from './check-options.ts';
import { Means } from './means.ts';
import type { Method, ProgramCall, StepContext } from './method.ts';
import { observing } from './observing.ts';
import { QActor } from './q-actor.ts';
import { episodeValues } from './rollout.ts';

/** What makes a deep Q-network. */
export interface DqnOptions {
  /** Numbers of an observation. */
  readonly observation: number;
  readonly actions: number;
  readonly network: NetworkOptions;
  readonly optimizer: Optimizer;
  /** Discount of the future. @default 0.99 */
  readonly gamma?: number;
  /** Environment steps of each environment in a step. */
  readonly rolloutSteps: number;
  /** Updates in a step. */
  readonly updates: number;
  /** Transitions of an update. @default 64 */
  readonly batch?: number;
  /** Steps at the beginning that store transitions and learn nothing. @default 0 */
  readonly warmup?: number;
  /** Probability of acting at random in a step. */
  readonly epsilon: Rate;
  /**
   * Steps that an action taken at random is held at most, the step being the limit; how many is
   * uniform from 1. @default 1
   */
  readonly hold?: number;
  /**
   * Updates between copies of the online network to the target network. One of `targetPeriod` and
   * `targetDecay` is given.
   */
  readonly targetPeriod?: number;
  /**
   * The target network is the moving average of the online network with this decay: after each
   * update, target = targetDecay * target + (1 - targetDecay) * online.
   */
  readonly targetDecay?: number;
  /** Whether the online network chooses the action that the target network values. @default true */
  readonly double?: boolean;
  /** Whether values are made of a state's value and its actions' advantages. @default false */
  readonly dueling?: boolean;
  /** Error from which on the loss is linear. @default 1 */
  readonly huber?: number;
  /** A gradient of a larger norm is scaled down to this norm. @default 10 */
  readonly maxGradNorm?: number;
  /** Exponent of the importance weights, which correct for prioritised draws. @default 1 */
  readonly beta?: Rate;
}

/**
 * A deep Q-network. Mnih et al., Nature 518 (2015), with double Q-learning (van Hasselt et al.,
 * arXiv:1509.06461), dueling (Wang et al., arXiv:1511.06581) and prioritised replay (Schaul et al.,
 * arXiv:1511.05952) as options.
 *
 * Values of its events: `loss`, `tdError` (mean size), `qMean` (of the actions taken), `epsilon`,
 * `replaySize`; `return` and `length` (means of the episodes that ended in the step).
 * @throws TypeError, RangeError naming the option that is wrong
 */
export function dqn(given: DqnOptions): Method<Replayed, number> {
  const options = checked(given);
  const { network, observation: inputs, actions: outputs, dueling } = options;
  const { layer, host } = agentNetwork(network, { inputs, outputs, dueling });
  const update = updateProgram(layer, options);
  return {
    name: 'dqn',
    init(key) {
      const online = layer.init(fold(key, 'network'), [inputs]).weights;
      const target = layer.init(fold(key, 'network'), [inputs]).weights;
      return { online, target, optimizer: options.optimizer.init(online) };
    },
    weights: (state) => state.online as Tree<Value>,
    acting: { name: 'dqn/acting', run: (state) => ({ state, outputs: state.online as Tree<tf.Tensor> }) },
    networks: {
      q: observing('dqn/q', inputs, (state, observation) => {
        const weights = state.online as Tree<tf.Tensor>;
        const values = layer.apply({ weights, buffers: {} }, observation, false).y;
        return { values, action: tf.argMax(values, 1) };
      }),
    },
    actor: () => new QActor(host(), outputs, options),
    *learn({ rollout, memory }, moment) {
      if (memory.action !== 0)
        throw new RangeError(
          `dqn: expected a memory of whole numbers as actions, got one with action ${memory.action}`,
        );
      const means = new Means();
      for (let number = 0; number < updatesAt(options, moment.index); number++) {
        const key = fold(moment.key, number);
        const drawn = memory.draw(options.batch, key, rateAt(options.beta, moment.index));
        const outputs = yield { program: update, inputs: updateInputs(drawn, options, moment) };
        memory.reprioritise(drawn, (outputs.errors as Value).data);
        means.add(outputs);
        if (copyDue(options, moment.index, number)) yield { program: copyProgram, inputs: {} };
      }
      const epsilon = rateAt(options.epsilon, moment.index);
      return { ...means.values, epsilon, replaySize: memory.size, ...episodeValues(rollout.episodes) };
    },
  };
}

interface Checked extends Required<Omit<DqnOptions, 'targetPeriod' | 'targetDecay'>> {
  readonly target: { readonly period: number } | { readonly decay: number };
}

const names: OptionNames<DqnOptions> = {
  observation: true,
  actions: true,
  network: true,
  optimizer: true,
  gamma: true,
  rolloutSteps: true,
  updates: true,
  batch: true,
  warmup: true,
  epsilon: true,
  hold: true,
  targetPeriod: true,
  targetDecay: true,
  double: true,
  dueling: true,
  huber: true,
  maxGradNorm: true,
  beta: true,
};

function checked(given: DqnOptions): Checked {
  checkAgentOptions('dqn', given, names);
  const options = {
    gamma: 0.99,
    batch: 64,
    warmup: 0,
    double: true,
    dueling: false,
    huber: 1,
    maxGradNorm: 10,
    beta: 1,
    hold: 1,
    ...given,
    target: targetRule(given),
  };
  wholeNumber('dqn: actions', options.actions, 2);
  wholeNumber('dqn: rolloutSteps', options.rolloutSteps, 1);
  wholeNumber('dqn: updates', options.updates, 1);
  wholeNumber('dqn: batch', options.batch, 1);
  wholeNumber('dqn: warmup', options.warmup);
  wholeNumber('dqn: hold', options.hold, 1);
  finiteNumber('dqn: gamma', options.gamma, 0, 1);
  positiveNumber('dqn: huber', options.huber);
  positiveNumber('dqn: maxGradNorm', options.maxGradNorm);
  checkSchedule('dqn: epsilon', options.epsilon, 1);
  checkSchedule('dqn: beta', options.beta);
  return options;
}

function targetRule({ targetPeriod, targetDecay }: DqnOptions): Checked['target'] {
  if ((targetPeriod === undefined) === (targetDecay === undefined))
    throw new RangeError(
      `dqn: expected one of targetPeriod and targetDecay, got ${targetPeriod === undefined ? 'neither' : 'both'}`,
    );
  return targetPeriod === undefined
    ? { decay: finiteNumber('dqn: targetDecay', targetDecay!, 0, 1) }
    : { period: wholeNumber('dqn: targetPeriod', targetPeriod, 1) };
}

/** How many updates a step has. */
const updatesAt = ({ warmup, updates }: Checked, index: number) => (index < warmup ? 0 : updates);

/** Whether the online network is to be copied into the target network after an update. */
function copyDue({ target, warmup, updates }: Checked, index: number, number: number): boolean {
  return 'period' in target && ((index - warmup) * updates + number + 1) % target.period === 0;
}

const copyProgram: Program = {
  name: 'dqn/copy',
  run: (state) => ({ state: { ...state, target: state.online! }, outputs: {} }),
};

function updateInputs(
  { transitions, weights }: Drawn,
  options: Checked,
  { index }: StepContext,
): ProgramCall['inputs'] {
  const { before, actions, rewards, discounts, after } = transitions;
  const { batch, observation, optimizer, gamma } = options;
  return {
    before: new Value('float32', [batch, observation], before),
    action: new Value('int32', [batch], actions),
    reward: Value.of(rewards),
    discount: Value.of(discounts.map((discount) => gamma * discount)),
    after: new Value('float32', [batch, observation], after),
    weight: Value.of(weights),
    rate: Value.scalar(rateAt(optimizer.rate, index)),
  };
}

function updateProgram(
  layer: Layer,
  { double, huber: bound, maxGradNorm, optimizer, target: rule }: Checked,
): Program {
  const values = (weights: Tree<tf.Tensor>, x: tf.Tensor) => layer.apply({ weights, buffers: {} }, x, true).y;
  return {
    name: 'dqn/update',
    player: 'agent',
    learningRate: 'rate',
    run(state, inputs) {
      const { online, target, optimizer: slots } = state as Record<string, Tree<tf.Tensor>>;
      const { before, action, reward, discount, after, weight, rate } = inputs as Record<string, tf.Tensor>;
      const qAfter = values(target!, after!);
      const tdTargets = double
        ? doubleQTarget(reward!, discount!, qAfter, values(online!, after!))
        : qTarget(reward!, discount!, qAfter);
      const { loss, gradients, extra } = differentiate(online!, (weights) => {
        const q = selectActions(values(weights, before!), action!);
        const errors = tf.sub(tdTargets, q);
        const loss = tf.mean(tf.mul(weight!, huber(errors, bound)));
        return { loss, extra: { errors, qMean: tf.mean(q) } };
      });
      const next = optimizer.update(clipGradients(pack(gradients), maxGradNorm), slots!, online!, rate!);
      return {
        state: {
          online: next.weights,
          target: 'decay' in rule ? movingAverage(target!, next.weights, rule.decay) : target!,
          optimizer: next.slots,
        },
        outputs: { loss, tdError: tf.mean(tf.abs(extra.errors!)), ...extra },
      };
    },
  };
}

import { finiteNumber, type OptionNames, requireMember, wholeNumber } from '../../base/index.ts';
import { type Tree, Value } from '../../engine/index.ts';
import { type Optimizer, type Rate, rateAt } from '../../models/index.ts';
import type { Drawn, ReplayMemory } from '../replay/replay-memory.ts';
import type { NetworkOptions } from './agent-network.ts';
import { checkAgentOptions, checkNetwork, checkSchedule } from './check-options.ts';
import type { ActionBounds } from './gaussian-policy.ts';

/** What every agent for continuous control with a replay memory takes. */
export interface OffPolicyOptions {
  /** Numbers of an observation. */
  readonly observation: number;
  /** Finite bounds of an action. Networks and the memory have actions from -1 to 1. */
  readonly action: ActionBounds;
  readonly network: NetworkOptions;
  /** Of both critics, which take an observation and an action side by side. @default `network` */
  readonly criticNetwork?: NetworkOptions;
  /** Of policy and critics, and of the temperature where there is one. */
  readonly optimizer: Optimizer;
  /** Discount of the future. @default 0.99 */
  readonly gamma?: number;
  /** Environment steps of each environment in a step. */
  readonly rolloutSteps: number;
  /** Updates in a step. */
  readonly updates: number;
  /** Transitions of an update. @default 256 */
  readonly batch?: number;
  /**
   * Steps at the beginning whose actions are uniform, and which store transitions and learn
   * nothing. @default 0
   */
  readonly warmup?: number;
  /**
   * Environment steps that a random number of exploration is held at most, the step being the
   * limit; how many is uniform from 1. @default 1
   */
  readonly hold?: number;
  /**
   * Decay of the target networks: after each update of theirs, target = targetDecay * target + (1 -
   * targetDecay) * online. @default 0.995
   */
  readonly targetDecay?: number;
  /** Exponent of the importance weights, which correct for prioritised draws. @default 1 */
  readonly beta?: Rate;
}

/** Checked options, with the numbers of an action. */
export interface OffPolicy extends Required<OffPolicyOptions> {
  readonly numbers: number;
}

/** The names of these options. */
export const offPolicyNames: OptionNames<OffPolicyOptions> = {
  observation: true,
  action: true,
  network: true,
  criticNetwork: true,
  optimizer: true,
  gamma: true,
  rolloutSteps: true,
  updates: true,
  batch: true,
  warmup: true,
  hold: true,
  targetDecay: true,
  beta: true,
};

/**
 * @param names of all options of the agent
 * @throws TypeError, RangeError naming the agent and the option that is wrong
 */
export function checkOffPolicy(agent: string, given: OffPolicyOptions, names: object): OffPolicy {
  checkAgentOptions(agent, given, names);
  const expected = 'finite bounds, as { low: [-1], high: [1] }';
  requireMember(`${agent}: action`, expected, given.action, 'low', 'high');
  const options = {
    gamma: 0.99,
    batch: 256,
    warmup: 0,
    hold: 1,
    targetDecay: 0.995,
    beta: 1,
    criticNetwork: given.network,
    ...given,
  };
  checkNetwork(`${agent}: criticNetwork`, options.criticNetwork);
  wholeNumber(`${agent}: rolloutSteps`, options.rolloutSteps, 1);
  wholeNumber(`${agent}: updates`, options.updates, 1);
  wholeNumber(`${agent}: batch`, options.batch, 1);
  wholeNumber(`${agent}: warmup`, options.warmup);
  wholeNumber(`${agent}: hold`, options.hold, 1);
  finiteNumber(`${agent}: gamma`, options.gamma, 0, 1);
  finiteNumber(`${agent}: targetDecay`, options.targetDecay, 0, 1);
  checkSchedule(`${agent}: beta`, options.beta);
  const { low, high } = options.action;
  if (low.length === 0 || !low.every((from, i) => Number.isFinite(high[i]! - from) && from < high[i]!))
    throw new RangeError(
      `${agent}: action: expected finite bounds, each lower one below its upper one, got [${low.join(', ')}] and [${high.join(', ')}]`,
    );
  return { ...options, numbers: low.length };
}

/** How many updates a step has. */
export const updatesAt = ({ warmup, updates }: Pick<OffPolicy, 'warmup' | 'updates'>, index: number) =>
  index < warmup ? 0 : updates;

/**
 * Transitions for an update, and their inputs of its program.
 * @throws RangeError for a memory of other actions
 */
export function drawInputs(
  agent: string,
  { transitions, weights }: Drawn,
  options: OffPolicy,
  { index, memory }: { readonly index: number; readonly memory: ReplayMemory },
): Tree<Value> {
  const { batch, observation, numbers, optimizer, gamma } = options;
  if (memory.action !== numbers)
    throw new RangeError(`${agent}: expected a memory with action ${numbers}, got one with ${memory.action}`);
  return {
    before: new Value('float32', [batch, observation], transitions.before),
    action: new Value('float32', [batch, numbers], transitions.actions),
    reward: Value.of(transitions.rewards),
    discount: Value.of(transitions.discounts.map((discount) => gamma * discount)),
    after: new Value('float32', [batch, observation], transitions.after),
    weight: Value.of(weights),
    rate: Value.scalar(rateAt(optimizer.rate, index)),
  };
}

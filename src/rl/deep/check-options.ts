import {
  finiteNumber,
  isRecord,
  requireMember,
  requireOptions,
  show,
  wholeNumber,
} from '../../base/index.ts';
import type { Optimizer, Rate } from '../../models/index.ts';
import type { NetworkOptions } from './agent-network.ts';
import { checkedShape, type PerceptronOptions } from './perceptron.ts';

/** What every deep agent takes. */
interface AgentOptions {
  readonly observation: number;
  readonly network: NetworkOptions;
  readonly optimizer: Optimizer;
}

/**
 * Refuses what does not make a deep agent, as a script without a compiler may give it: nothing,
 * options that are unknown, and what every agent needs.
 * @param names of its options
 * @throws TypeError, or RangeError naming the agent, the option, the rule and the value
 */
export function checkAgentOptions(agent: string, options: AgentOptions, names: object): void {
  requireOptions(agent, options, names);
  wholeNumber(`${agent}: observation`, options.observation, 1);
  if ('policy' in names) {
    const { policy } = options as { readonly policy?: unknown };
    const expected = 'a policy, as categoricalPolicy(2)';
    requireMember(`${agent}: policy`, expected, policy, 'outputs', 'logProbability', 'draw');
  }
  checkNetwork(`${agent}: network`, options.network);
  const expected = 'an optimizer, as adam({ rate: 1e-3 })';
  requireMember(`${agent}: optimizer`, expected, options.optimizer, 'init', 'update');
}

/** @throws TypeError for what is neither, RangeError for widths that are no numbers */
export function checkNetwork(name: string, network: unknown): void {
  if (isRecord(network) && typeof network.apply === 'function' && typeof network.init === 'function') return;
  if (!isRecord(network) || !Array.isArray(network.hidden))
    throw new TypeError(
      `${name}: expected a layer, or widths as { hidden: [64, 64], activation: 'relu' }, got ${show(network)}`,
    );
  checkedShape({ ...(network as unknown as PerceptronOptions), inputs: 1, outputs: 1 }, name);
}

/** A number of the range, or a schedule, a function of the step. @throws RangeError */
export function checkSchedule(name: string, rate: Rate, max = Infinity): void {
  if (typeof rate !== 'function') finiteNumber(name, rate, 0, max);
}

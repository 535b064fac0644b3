import type { Draws } from '../environments/draws.ts';
import { type ActionValueRows, bestAction } from './action-values.ts';
import { type Scheduled, scheduled } from './schedules.ts';

/** How an agent chooses between the best known action and others. */
export interface Exploration {
  /** The name of its parameter in events: `epsilon`, `temperature`. */
  readonly gauge: string;
  /** The parameter at a step. */
  at(index: number): number;
  /** An action for the row of values that begins at `from`. */
  choose(values: ActionValueRows, from: number, actions: number, index: number, draws: Draws): number;
  /** The probability of each action of that row, written into `out`. */
  probabilities(values: ActionValueRows, from: number, index: number, out: Float64Array): Float64Array;
}

/**
 * With probability epsilon a uniformly random action, otherwise the best. Epsilon 0 is greedy; only
 * optimistic initial values then cause exploration (Sutton and Barto, 2nd ed., section 2.6).
 * @throws RangeError when epsilon is not between 0 and 1
 */
export function epsilonGreedy(epsilon: Scheduled): Exploration {
  const at = scheduled('epsilonGreedy: epsilon', epsilon, 0, 1);
  return {
    gauge: 'epsilon',
    at,
    choose: (values, from, actions, index, draws) =>
      draws.uniform() < at(index) ? draws.integer(actions) : bestAction(values, from, actions),
    probabilities: (values, from, index, out) => {
      const share = at(index) / out.length;
      out.fill(share);
      out[bestAction(values, from, out.length)]! += 1 - at(index);
      return out;
    },
  };
}

/**
 * Each action with probability exp(value / temperature), normalised (Boltzmann; Sutton and Barto,
 * 2nd ed., section 2.8).
 * @throws RangeError when the temperature is not above 0
 */
export function boltzmann(temperature: Scheduled): Exploration {
  const at = scheduled('softmax: temperature', temperature, Number.MIN_VALUE);
  const probabilities = (values: ActionValueRows, from: number, index: number, out: Float64Array) => {
    const heat = at(index);
    const most = values[from + bestAction(values, from, out.length)]!;
    let sum = 0;
    for (let action = 0; action < out.length; action++) {
      out[action] = Math.exp((values[from + action]! - most) / heat);
      sum += out[action]!;
    }
    for (let action = 0; action < out.length; action++) out[action]! /= sum;
    return out;
  };
  return {
    gauge: 'temperature',
    at,
    probabilities,
    choose: (values, from, actions, index, draws) => {
      const shares = probabilities(values, from, index, new Float64Array(actions));
      let left = draws.uniform();
      for (let action = 0; action < actions - 1; action++) {
        left -= shares[action]!;
        if (left < 0) return action;
      }
      return actions - 1;
    },
  };
}

import { finiteNumber, wholeNumber } from '../../base/index.ts';
import type { Rollout } from '../deep/rollout.ts';
import type { Transitions } from './transitions.ts';

/** Over how many steps of an environment a transition goes. */
export interface TransitionSteps {
  readonly steps: number;
  /** Discount of the future, which the update applies once more. */
  readonly gamma: number;
}

/**
 * Transitions over up to n steps: the reward is the discounted sum of the next n, and the
 * observation after it the one that they led to. The discount is 0 where an episode terminated on
 * the way and gamma^(k - 1) after k steps elsewhere, so that an update, which multiplies it by
 * gamma, bootstraps by gamma^k. A transition is shorter where the episode or the rollout ends
 * first. Actions beyond the first are those of the policy that played: no correction is made.
 * Hessel et al., https://arxiv.org/abs/1710.02298, section "Multi-step learning".
 * @throws RangeError naming the option that is wrong
 */
export function nStepTransitions({ steps, gamma }: TransitionSteps): (rollout: Rollout) => Transitions {
  wholeNumber('replay: steps', steps, 1);
  finiteNumber('replay: gamma', gamma, 0, 1);
  return (rollout) => (steps === 1 ? rollout : joined(rollout, steps, gamma));
}

function joined(rollout: Rollout, steps: number, gamma: number): Transitions {
  const { numEnvs, rewards, discounts, continues, before, actions } = rollout;
  const rows = rewards.length;
  const numbers = before.length / rows;
  const after = new Float32Array(before.length);
  const sums = new Float32Array(rows);
  const weights = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let [last, sum, weight] = [row, rewards[row]!, 1];
    for (let k = 1; k < steps && continues[last] === 1 && last + numEnvs < rows; k++) {
      last += numEnvs;
      weight *= gamma;
      sum += weight * rewards[last]!;
    }
    sums[row] = sum;
    weights[row] = weight * discounts[last]!;
    for (let i = 0; i < numbers; i++) after[row * numbers + i] = rollout.after[last * numbers + i]!;
  }
  return { before, actions, rewards: sums, discounts: weights, after };
}

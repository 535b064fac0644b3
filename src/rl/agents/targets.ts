import { type ActionValueRows, bestAction, bestValue } from './action-values.ts';

/**
 * The target of Q-learning: reward + discount * max Q(after). Watkins, "Learning from Delayed
 * Rewards", 1989. `discount` is 0 after a termination (`discountAfter`).
 */
export function qLearningTarget(
  reward: number,
  discount: number,
  values: ActionValueRows,
  after: number,
  actions: number,
): number {
  return reward + discount * bestValue(values, after, actions);
}

/**
 * The target of SARSA: reward + discount * Q(after, action), by the next action. Rummery and
 * Niranjan, 1994.
 */
export function sarsaTarget(reward: number, discount: number, valueAfter: number): number {
  return reward + discount * valueAfter;
}

/**
 * The target of expected SARSA: reward + discount * sum p(action) Q(after, action).
 * Van Seijen et al., "A Theoretical and Empirical Analysis of Expected Sarsa", ADPRL 2009.
 */
export function expectedSarsaTarget(
  reward: number,
  discount: number,
  values: ActionValueRows,
  after: number,
  probabilities: ArrayLike<number>,
): number {
  let expected = 0;
  for (let action = 0; action < probabilities.length; action++)
    expected += probabilities[action]! * values[after + action]!;
  return reward + discount * expected;
}

/**
 * The target of double Q-learning: one table chooses the best action and the other gives its value,
 * which removes the bias of the maximum over noisy values. Van Hasselt, "Double Q-learning", NIPS
 * 2010, algorithm 1.
 */
export function doubleQLearningTarget(
  reward: number,
  discount: number,
  choosing: ActionValueRows,
  judging: ActionValueRows,
  after: number,
  actions: number,
): number {
  return reward + discount * judging[after + bestAction(choosing, after, actions)]!;
}

/**
 * The n-step target: r1 + gamma r2 + ... + gamma^(n-1) rn + discount *
 * value, where `discount` is gamma^n, or 0 after a termination. Sutton and Barto, 2nd ed., equation
 * 7.4.
 */
export function nStepTarget(
  rewards: ArrayLike<number>,
  gamma: number,
  discount: number,
  valueAfter: number,
): number {
  let sum = 0;
  for (let i = rewards.length - 1; i >= 0; i--) sum = rewards[i]! + gamma * sum;
  return sum + discount * valueAfter;
}

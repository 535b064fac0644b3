import { discrete, type Environment, makeEnvironment } from '../../../src/rl/index.ts';

/**
 * Counts up from a random number below 3 and ends at `last`; action 1 counts, action 0 does not.
 * The reward is the count.
 */
export function counter(last = 5): Environment<number, number> {
  return makeEnvironment<{ state: number; observation: number; action: number }>({
    name: 'Counter-v0',
    observation: discrete(last + 1),
    action: discrete(2),
    start: (draws) => draws.integer(3),
    move: (count, action) => {
      const state = count + action;
      return { state, reward: state, terminated: state === last };
    },
    observe: (count) => count,
  });
}

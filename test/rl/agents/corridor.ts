import { discrete, type Environment, makeEnvironment, timeLimit } from '../../../src/rl/index.ts';

/**
 * Cells 0 to 4 from left to right. It begins in the middle; action 1 goes right, 0 left; the right
 * end pays 1, the left end 0.
 */
export function corridor(limit = 100): Environment<number, number> {
  const walk = makeEnvironment<{ state: number; observation: number; action: number }>({
    name: 'Corridor-v0',
    observation: discrete(5),
    action: discrete(2),
    start: () => 2,
    move: (cell, action) => {
      const state = cell + 2 * action - 1;
      return { state, reward: state === 4 ? 1 : 0, terminated: state === 0 || state === 4 };
    },
    observe: (cell) => cell,
  });
  return timeLimit(walk, limit);
}

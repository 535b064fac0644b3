import type { Environment } from './environment.ts';
import { type GridMove, moveOn } from './grid.ts';
import { makeEnvironment } from './make-environment.ts';
import { gridScene } from './scenes.ts';
import { discrete } from './specs.ts';
import { timeLimit } from './time-limit.ts';

/** What differs from the registered environment. */
export interface CliffWalkingOptions {
  /** Whether one slips to a side in two of three moves; false by default. */
  readonly slippery?: boolean;
  /** Steps after which an episode is cut off. By default none, as in Gymnasium. */
  readonly limit?: number;
}

const height = 4;
const width = 12;
const start = 36;
const goal = 47;
const rows = ['F'.repeat(width), 'F'.repeat(width), 'F'.repeat(width), `S${'C'.repeat(width - 2)}G`];
const moves: readonly GridMove[] = [
  [-1, 0],
  [0, 1],
  [1, 0],
  [0, -1],
];

/**
 * Gymnasium's CliffWalking-v1: from the lower left of 4 x 12 cells to the lower right; the cells
 * between are a cliff. Actions 0 up, 1 right, 2 down, 3 left; reward -1, and -100 for the cliff,
 * which leads back to the start and does not end the episode. The observation is the number of the
 * cell, row by row. Sutton and Barto, "Reinforcement Learning", 2nd ed., example 6.6;
 * Farama-Foundation/Gymnasium, cliffwalking.py.
 */
export function cliffWalking(options: CliffWalkingOptions = {}): Environment<number, number> {
  const { slippery = false, limit } = options;
  const dynamics = makeEnvironment<{ state: number; observation: number; action: number }>({
    name: 'CliffWalking-v1',
    observation: discrete(height * width),
    action: discrete(moves.length),
    start: () => start,
    move: (cell, action, draws) => {
      const direction = slippery ? (action + 3 + draws.integer(3)) % 4 : action;
      const state = moveOn(height, width, cell, moves[direction]!);
      return state > start && state < goal
        ? { state: start, reward: -100, terminated: false }
        : { state, reward: -1, terminated: state === goal };
    },
    observe: (cell) => cell,
    scene: (cell) => gridScene(rows, cell),
  });
  return limit === undefined ? dynamics : timeLimit(dynamics, limit);
}

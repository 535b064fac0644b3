import { oneOf } from '../../base/index.ts';
import type { Environment } from './environment.ts';
import { type GridMove, moveOn } from './grid.ts';
import { makeEnvironment } from './make-environment.ts';
import { gridScene } from './scenes.ts';
import { discrete } from './specs.ts';
import { timeLimit } from './time-limit.ts';

/** What differs from the registered environment. */
export interface FrozenLakeOptions {
  /** `4x4` by default. */
  readonly map?: '4x4' | '8x8';
  /** Whether one slips to a side in two of three moves; true by default. */
  readonly slippery?: boolean;
  /** Steps after which an episode is cut off; 100 on 4x4, 200 on 8x8 by default. */
  readonly limit?: number;
}

/** S start, F frozen, H hole, G goal. */
export const lakes = {
  '4x4': ['SFFF', 'FHFH', 'FFFH', 'HFFG'],
  '8x8': ['SFFFFFFF', 'FFFFFFFF', 'FFFHFFFF', 'FFFFFHFF', 'FFFHFFFF', 'FHHFFFHF', 'FHFFHFHF', 'FFFHFFFG'],
} as const;

const limits = { '4x4': 100, '8x8': 200 } as const;
const left: GridMove = [0, -1];
const downwards: GridMove = [1, 0];
const right: GridMove = [0, 1];
const upwards: GridMove = [-1, 0];
const moves = [left, downwards, right, upwards];

/**
 * Gymnasium's FrozenLake-v1: over the ice from the first cell to the last, round the holes. Actions
 * 0 left, 1 down, 2 right, 3 up; on slippery ice each of the wanted direction and the two beside it
 * comes with 1/3. Reward 1 at the goal, else 0; goal and holes end the episode. The observation is
 * the number of the cell, row by row. Farama-Foundation/Gymnasium, frozen_lake.py.
 */
export function frozenLake(options: FrozenLakeOptions = {}): Environment<number, number> {
  const map = oneOf('frozenLake: map', options.map ?? '4x4', ['4x4', '8x8']);
  const { slippery = true, limit = limits[map] } = options;
  const size = lakes[map].length;
  const cells = lakes[map].join('');
  const dynamics = makeEnvironment<{ state: number; observation: number; action: number }>({
    name: map === '4x4' ? 'FrozenLake-v1' : 'FrozenLake8x8-v1',
    observation: discrete(cells.length),
    action: discrete(moves.length),
    start: () => 0,
    move: (cell, action, draws) => {
      const direction = slippery ? (action + 3 + draws.integer(3)) % 4 : action;
      const state = moveOn(size, size, cell, moves[direction]!);
      const found = cells[state];
      return { state, reward: found === 'G' ? 1 : 0, terminated: found === 'G' || found === 'H' };
    },
    observe: (cell) => cell,
    scene: (cell) => gridScene(lakes[map], cell),
  });
  return timeLimit(dynamics, limit);
}

import { cliffWalking, discretised, frozenLake, mountainCar, taxi } from '../../rl/index.ts';
import { whole } from '../option.ts';
import { type AgentRecipe, agentRecipe } from '../recipe.ts';
import { type TabularRun, tabularAssembly, tabularOptions } from './tabular.ts';

const carOptions = {
  ...tabularOptions,
  bins: whole('cells of the table for the position, and as many for the speed', 40, {
    unit: 'cells',
    min: 1,
    max: 1000,
  }),
};

type Picture = Required<Pick<TabularRun, 'map' | 'place'>>;

/** How cells of a grid are seen: as they lie, row by row. */
export const grid = (columns: number): Picture => ({
  map: (values) => ({ values, columns }),
  place: (cell) => [(cell % columns) + 0.5, Math.floor(cell / columns) + 0.5],
});

/** How cells of a position and a speed are seen: to the right the position, upwards the speed. */
export const plane = (bins: number): Picture => ({
  map: (states) => ({
    columns: bins,
    values: states.map((_, cell) => states[(cell % bins) * bins + bins - 1 - Math.floor(cell / bins)]!),
  }),
  place: (state) => [Math.floor(state / bins) + 0.5, bins - (state % bins) - 0.5],
});

function mountainCarRecipe(
  definition: Pick<AgentRecipe, 'name' | 'summary' | 'paper' | 'preset'>,
): AgentRecipe {
  return agentRecipe({
    ...definition,
    data: 'MountainCar-v0',
    options: carOptions,
    build(values, circumstances) {
      const { bins } = values;
      return tabularAssembly(values, circumstances, {
        make: () => discretised(mountainCar(), [bins, bins]),
        ...plane(bins),
      });
    },
  });
}

/** The experiment that this project began with, its slips mended (docs/rl/q-learning.md). */
const mountainCarQ: AgentRecipe = mountainCarRecipe({
  name: 'mountain-car-q',
  summary: 'Q-learning with a table of 40 x 40 x 3 on the mountain car, 20,000 episodes',
  paper: 'Watkins 1989',
  preset: {
    steps: 4_000_000,
    options: { alpha: 0.2, epsilon: 0.002, gamma: 0.99, episodes: 20_000 },
  },
});

/** A finer table and a learning rate that falls. */
const mountainCarQFine: AgentRecipe = mountainCarRecipe({
  name: 'mountain-car-q-fine',
  summary: 'the same with 80 x 80 x 3 and a learning rate that falls to 0: reaches -110 over 100 episodes',
  paper: 'Watkins 1989',
  preset: {
    steps: 14_000_000,
    options: { bins: 80, alpha: 0.2, epsilon: 0.002, 'anneal-steps': 14_000_000, gamma: 0.99 },
  },
});

/** Over slippery ice. */
const frozenLakeQ: AgentRecipe = agentRecipe({
  name: 'frozen-lake-q',
  summary: 'Q-learning with a table on the slippery 4 x 4 lake',
  paper: 'Watkins 1989',
  data: 'FrozenLake-v1',
  options: tabularOptions,
  preset: {
    steps: 1_000_000,
    options: {
      alpha: 0.1,
      'alpha-end': 0.001,
      epsilon: 1,
      'epsilon-end': 0.1,
      'anneal-steps': 900_000,
      gamma: 0.999,
    },
  },
  build: (values, circumstances) =>
    tabularAssembly(values, circumstances, { make: () => frozenLake(), ...grid(4) }),
});

/** Passengers through a town. */
const taxiQ: AgentRecipe = agentRecipe({
  name: 'taxi-q',
  summary: 'Q-learning with a table of 500 x 6 on the taxi',
  paper: 'Watkins 1989',
  data: 'Taxi-v4',
  options: tabularOptions,
  preset: {
    steps: 300_000,
    options: {
      alpha: 0.5,
      'alpha-end': 0.1,
      epsilon: 0.3,
      'epsilon-end': 0,
      'anneal-steps': 240_000,
      gamma: 0.99,
    },
  },
  // A row for each cell of the town, a column for each fare.
  build: (values, circumstances) =>
    tabularAssembly(values, circumstances, { make: () => taxi(), map: grid(20).map }),
});

function cliffRecipe(definition: Pick<AgentRecipe, 'name' | 'summary' | 'paper' | 'preset'>): AgentRecipe {
  return agentRecipe({
    ...definition,
    data: 'CliffWalking-v1',
    options: tabularOptions,
    build: (values, circumstances) =>
      tabularAssembly(values, circumstances, {
        make: () => cliffWalking(),
        // A greedy walker can go round in circles, and nothing else would stop it.
        makeForEvaluation: () => cliffWalking({ limit: 200 }),
        ...grid(12),
      }),
  });
}

const cliffOptions = { alpha: 0.5, epsilon: 0.1, gamma: 1, episodes: 500 };

/** The one that keeps away from the edge. */
const cliffWalkingSarsa: AgentRecipe = cliffRecipe({
  name: 'cliff-walking-sarsa',
  summary: 'SARSA along the cliff: learns the safe way, since it counts its own stumbles',
  paper: 'Sutton and Barto, 2nd ed., example 6.6',
  preset: { steps: 1_000_000, options: { ...cliffOptions, method: 'sarsa' } },
});

/** The one that walks along the edge, and falls. */
const cliffWalkingQ: AgentRecipe = cliffRecipe({
  name: 'cliff-walking-q',
  summary: 'Q-learning along the cliff: learns the shortest way, and falls more often while it learns',
  paper: 'Sutton and Barto, 2nd ed., example 6.6',
  preset: { steps: 1_000_000, options: { ...cliffOptions, method: 'q-learning' } },
});

/** Everything that learns by a table. */
export const tabularRecipes: readonly AgentRecipe[] = [
  mountainCarQ,
  mountainCarQFine,
  frozenLakeQ,
  taxiQ,
  cliffWalkingSarsa,
  cliffWalkingQ,
];

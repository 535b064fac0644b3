import { take } from 'rxjs';
import { given } from '../../base/index.ts';
import { type HeatMap, heatMap, writePng } from '../../plots/index.ts';
import {
  doubleQLearning,
  type Environment,
  epsilonGreedy,
  expectedSarsa,
  greedyEpisode,
  linear,
  nStepSarsa,
  qLearning,
  sarsa,
  type TabularAgent,
  type TabularOptions,
  ticks,
} from '../../rl/index.ts';
import { pump } from '../../streams/index.ts';
import type { AgentAssembly } from '../assembly.ts';
import { choice, real, type ValuesOf, whole } from '../option.ts';
import type { AgentCircumstances } from '../recipe.ts';
import { greedyVerdict } from './greedy-verdict.ts';

/** The hyper-parameters of every agent with a table. */
export const tabularOptions = {
  method: choice(
    'how the table is updated',
    ['q-learning', 'sarsa', 'expected-sarsa', 'double-q-learning', 'n-step-sarsa'],
    'q-learning',
  ),
  alpha: real('learning rate: the share of the error that a value moves', 0.1, { max: 1 }),
  'alpha-end': real('learning rate after the fall', 0, { max: 1 }),
  epsilon: real('probability of an action at random', 0.1, { max: 1 }),
  'epsilon-end': real('the same after the fall', 0, { max: 1 }),
  'anneal-steps': whole('steps over which both fall straight to their ends; 0 keeps them as they are', 0, {
    unit: 'steps',
  }),
  gamma: real('discount for each step', 0.99, { max: 1 }),
  initial: real('value of every action at first; high values make it try everything', 0, {
    min: -1e9,
    max: 1e9,
  }),
  lookahead: whole('steps that n-step-sarsa looks ahead', 4, {
    unit: 'environment steps',
    min: 1,
    max: 1000,
  }),
  episodes: whole('episodes after which the run ends, if its steps are not over before; 0 for no end', 0, {
    unit: 'episodes',
  }),
};

/** What a recipe for a table adds to the options. */
export interface TabularRun {
  /** A new environment each time. */
  make(): Environment<number, number>;
  /** The same to be watched and evaluated in, where it differs: cut off, for instance. */
  makeForEvaluation?(): Environment<number, number>;
  /** The values of the states as a picture. */
  map(values: Float32Array): HeatMap;
  /** Where a state is on it, for the path of a greedy episode. */
  place?(state: number): readonly [column: number, row: number];
}

/** The run of an agent with a table. */
export function tabularAssembly(
  values: ValuesOf<typeof tabularOptions>,
  { seed, steps }: AgentCircumstances,
  { make, makeForEvaluation = make, map, place }: TabularRun,
): Omit<AgentAssembly, 'kind' | 'data'> {
  const agent = agentOf(make(), values, seed);
  const { interaction } = agent;
  const { episodes } = values;
  const ended = () => episodes > 0 && interaction.episodes() >= episodes;
  return {
    learner: agent,
    arena: { make: makeForEvaluation, actor: agent },
    events: (run) =>
      pump(ticks({ start: agent.index, ended }), run).pipe(
        take(steps - agent.index),
        interaction,
        agent.learn(),
      ),
    async draw(path) {
      const { observations } = await greedyEpisode(makeForEvaluation(), agent);
      const way = place && observations.map(place);
      writePng(path, heatMap({ ...map(agent.stateValues()), ...given({ path: way }) }));
    },
    evaluate: () => greedyVerdict(makeForEvaluation(), agent),
  };
}

function agentOf(
  environment: Environment<number, number>,
  values: ValuesOf<typeof tabularOptions>,
  seed: number,
): TabularAgent {
  const { 'anneal-steps': over } = values;
  const falling = (from: number, to: number) => (over === 0 ? from : linear(from, to, over));
  const options: TabularOptions = {
    alpha: falling(values.alpha, values['alpha-end']),
    explore: epsilonGreedy(falling(values.epsilon, values['epsilon-end'])),
    gamma: values.gamma,
    initial: values.initial,
    seed,
  };
  switch (values.method) {
    case 'q-learning':
      return qLearning(environment, options);
    case 'sarsa':
      return sarsa(environment, options);
    case 'expected-sarsa':
      return expectedSarsa(environment, options);
    case 'double-q-learning':
      return doubleQLearning(environment, options);
    case 'n-step-sarsa':
      return nStepSarsa(environment, { ...options, steps: values.lookahead });
  }
}

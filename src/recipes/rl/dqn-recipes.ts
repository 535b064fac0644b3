import { adam, linearDecay, type Rate } from '../../models/index.ts';
import {
  cartPole,
  DeepAgent,
  type DiscreteSpec,
  dqn,
  type Environment,
  mountainCar,
  ReplayMemory,
  replay,
  scaledObservations,
  Worlds,
} from '../../rl/index.ts';
import { choice, real, type ValuesOf, whole } from '../option.ts';
import { type AgentCircumstances, type AgentRecipe, agentRecipe } from '../recipe.ts';
import { deepAssembly } from './deep.ts';

const yesNo = ['yes', 'no'] as const;

/** The hyper-parameters of every deep Q-network. Durations are in steps. */
export const dqnOptions = {
  worlds: whole('environments that are stepped at the same time', 1, 1, 4096),
  play: whole('environment steps of each environment in a step', 16, 1, 65_536),
  updates: whole('updates in a step', 8, 1, 65_536),
  minibatch: whole('transitions of an update', 128, 1, 65_536),
  capacity: whole('transitions that are remembered', 10_000, 1, 2 ** 26),
  warmup: whole('steps that only play', 64),
  rate: real('learning rate', 1e-3),
  'rate-end': real('learning rate after the fall', 0),
  'anneal-steps': whole('steps over which the rate falls in a straight line; 0 keeps it as it is', 0),
  gamma: real('discount for each step', 0.99, 0, 1),
  epsilon: real('probability of an action at random, at first', 1, 0, 1),
  'epsilon-end': real('the same after the fall', 0.05, 0, 1),
  'epsilon-over': whole('steps over which it falls in a straight line', 1000, 1),
  hold: whole('steps that an action taken at random is held at most', 1, 1, 65_536),
  target: real(
    'updates from one copy into the target network to the next; below 1 the share at each',
    300,
    1e-9,
  ),
  double: choice('whether the online network chooses what the target network values', yesNo, 'yes'),
  dueling: choice('whether values are made of a state value and advantages', yesNo, 'no'),
  prioritised: choice('whether large errors are drawn more often', yesNo, 'no'),
  alpha: real('power of the error that a priority is', 0.6, 0, 1),
  beta: real('how far weights make up for priorities, at first; it rises to 1', 0.4, 0, 1),
  'beta-over': whole('steps over which it rises', 1000, 1),
  huber: real('error from which on the loss is straight', 1, 1e-9),
  gradient: real('largest norm of the gradient, above which it is scaled down', 10, 1e-9),
  width: whole('units of a hidden layer', 64, 1, 8192),
  depth: whole('hidden layers', 2, 1, 64),
};

function dqnAssembly(
  values: ValuesOf<typeof dqnOptions>,
  circumstances: AgentCircumstances,
  make: () => Environment<readonly number[], number>,
) {
  const { engine, seed } = circumstances;
  const worlds = new Worlds(make, { count: values.worlds, seed });
  const { observation } = worlds;
  const prioritised = values.prioritised === 'yes';
  const memory = new ReplayMemory({
    capacity: values.capacity,
    observation,
    ...(prioritised && { priority: { alpha: values.alpha } }),
  });
  const over = values['anneal-steps'];
  const rate: Rate = over === 0 ? values.rate : linearDecay(values.rate, values['rate-end'], over);
  const method = dqn({
    observation,
    actions: (worlds.environment.action as DiscreteSpec).size,
    network: { hidden: new Array(values.depth).fill(values.width), activation: 'relu' },
    optimizer: adam({ rate }),
    gamma: values.gamma,
    steps: values.play,
    updates: values.updates,
    batch: values.minibatch,
    warmup: values.warmup,
    target: values.target,
    huber: values.huber,
    clip: values.gradient,
    epsilon: linearDecay(values.epsilon, values['epsilon-end'], values['epsilon-over']),
    hold: values.hold,
    beta: linearDecay(values.beta, 1, values['beta-over']),
    double: values.double === 'yes',
    dueling: values.dueling === 'yes',
  });
  const agent = new DeepAgent(method, engine, { environments: worlds, memory, seed });
  return deepAssembly({ make, agent, prepare: replay(memory) }, circumstances);
}

function dqnRecipe(
  definition: Pick<AgentRecipe, 'name' | 'summary' | 'data' | 'preset'>,
  make: () => Environment<readonly number[], number>,
): AgentRecipe {
  return agentRecipe({
    ...definition,
    paper: 'Mnih et al., Human-level Control through Deep Reinforcement Learning, Nature 518 (2015)',
    options: dqnOptions,
    build: (values, circumstances) => dqnAssembly(values, circumstances, make),
  });
}

/** Deep Q-networks. */
export const dqnRecipes: readonly AgentRecipe[] = [
  dqnRecipe(
    {
      name: 'cart-pole-dqn',
      summary: 'a double deep Q-network that balances the pole for all of 500 steps',
      data: 'CartPole-v1',
      preset: {
        steps: 10_000,
        options: {
          play: 40,
          updates: 4,
          capacity: 20_000,
          warmup: 25,
          target: 50,
          rate: 1e-3,
          'anneal-steps': 10_000,
          'epsilon-over': 4_000,
          huber: 1000,
          gradient: 1000,
        },
      },
    },
    cartPole,
  ),
  dqnRecipe(
    {
      name: 'mountain-car-dqn',
      summary: 'a double deep Q-network that swings the car up the hill',
      data: 'MountainCar-v0',
      preset: {
        steps: 1_500,
        options: {
          play: 80,
          updates: 20,
          warmup: 25,
          target: 150,
          capacity: 120_000,
          hold: 40,
          rate: 2e-3,
          'anneal-steps': 1_500,
          'epsilon-over': 500,
          'epsilon-end': 0.02,
        },
      },
    },
    () => scaledObservations(mountainCar()),
  ),
];

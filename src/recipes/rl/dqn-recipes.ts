import { adam, linearDecay } from '../../models/index.ts';
import {
  cartPole,
  DeepAgent,
  type DiscreteSpec,
  dqn,
  type Environment,
  mountainCar,
  type NetworkOptions,
  ReplayMemory,
  replay,
  scaledObservations,
} from '../../rl/index.ts';
import { choice, real, type ValuesOf, whole } from '../option.ts';
import { type AgentCircumstances, type AgentRecipe, agentRecipe } from '../recipe.ts';
import { agentEnvironments } from './agent-environment.ts';
import { deepAssembly } from './deep.ts';
import { learningOptions, networkOptions, rateOfAgent } from './shared-options.ts';

const yesNo = ['yes', 'no'] as const;

/** The hyper-parameters of every deep Q-network. Durations are in steps. */
export const dqnOptions = {
  'num-envs': whole('environments that are stepped together', 1, { unit: 'environments', min: 1, max: 4096 }),
  'rollout-steps': whole('environment steps of each environment in a step', 16, {
    unit: 'environment steps',
    min: 1,
    max: 65_536,
  }),
  updates: whole('updates in a step', 8, { unit: 'updates', min: 1, max: 65_536 }),
  minibatch: whole('transitions of an update', 128, { unit: 'transitions', min: 1, max: 65_536 }),
  capacity: whole('transitions in the replay memory', 10_000, { unit: 'transitions', min: 1, max: 2 ** 26 }),
  warmup: whole('steps at the beginning that store transitions and learn nothing', 64, { unit: 'steps' }),
  ...learningOptions,
  epsilon: real('probability of a random action at the first step', 1, { max: 1 }),
  'epsilon-end': real('probability of a random action after epsilon-over', 0.05, { max: 1 }),
  'epsilon-over': whole('steps over which epsilon falls linearly to epsilon-end', 1000, {
    unit: 'steps',
    min: 1,
  }),
  hold: whole('environment steps that a random action is repeated, at most', 1, {
    unit: 'environment steps',
    min: 1,
    max: 65_536,
  }),
  'target-period': whole('updates between copies of the online network to the target network', 300, {
    unit: 'updates',
    min: 1,
  }),
  'target-decay': real(
    'decay of the target network as a moving average of the online network; 0 copies by target-period',
    0,
    { max: 1 },
  ),
  'n-step': whole('environment steps over which a transition goes, at most', 1, {
    unit: 'environment steps',
    min: 1,
    max: 65_536,
  }),
  double: choice('double Q-learning: the online network chooses the action of the target', yesNo, 'yes'),
  dueling: choice('dueling head: a state value and advantages', yesNo, 'no'),
  prioritised: choice('prioritised replay: transitions with large errors are drawn more often', yesNo, 'no'),
  alpha: real('exponent of the error in a priority', 0.6, { max: 1 }),
  beta: real('exponent of the importance weights at the first step; it rises to 1', 0.4, { max: 1 }),
  'beta-over': whole('steps over which beta rises to 1', 1000, { unit: 'steps', min: 1 }),
  huber: real('error from which on the loss is linear', 1, { min: 1e-9 }),
  'max-grad-norm': real('norm to which a larger gradient is scaled down', 10, { min: 1e-9 }),
  ...networkOptions,
};

/** The run of a deep Q-network; of dense layers of the widths, where no network is given. */
export function dqnAssembly(
  values: ValuesOf<typeof dqnOptions>,
  circumstances: AgentCircumstances,
  own: () => Environment<readonly number[], number>,
  network: NetworkOptions = { hidden: new Array(values.depth).fill(values.width), activation: 'relu' },
) {
  const { engine, seed } = circumstances;
  const { make, environments } = agentEnvironments(own, values['num-envs'], circumstances);
  const { observation } = environments;
  const prioritised = values.prioritised === 'yes';
  const memory = new ReplayMemory({
    capacity: values.capacity,
    observation,
    ...(prioritised && { priority: { alpha: values.alpha } }),
  });
  const rate = rateOfAgent(values);
  const method = dqn({
    observation,
    actions: (environments.environment.action as DiscreteSpec).size,
    network,
    optimizer: adam({ rate }),
    gamma: values.gamma,
    rolloutSteps: values['rollout-steps'],
    updates: values.updates,
    batch: values.minibatch,
    warmup: values.warmup,
    ...(values['target-decay'] > 0
      ? { targetDecay: values['target-decay'] }
      : { targetPeriod: values['target-period'] }),
    huber: values.huber,
    maxGradNorm: values['max-grad-norm'],
    epsilon: linearDecay(values.epsilon, values['epsilon-end'], values['epsilon-over']),
    hold: values.hold,
    beta: linearDecay(values.beta, 1, values['beta-over']),
    double: values.double === 'yes',
    dueling: values.dueling === 'yes',
  });
  const agent = new DeepAgent(method, engine, { environments, memory, seed });
  const prepare = replay(memory, { steps: values['n-step'], gamma: values.gamma });
  return deepAssembly({ make, agent, prepare }, circumstances);
}

function dqnRecipe(
  definition: Pick<AgentRecipe, 'name' | 'summary' | 'data' | 'preset'>,
  make: () => Environment<readonly number[], number>,
): AgentRecipe {
  return agentRecipe({
    ...definition,
    bridged: true,
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
          'rollout-steps': 40,
          updates: 4,
          capacity: 20_000,
          warmup: 25,
          'target-period': 50,
          rate: 1e-3,
          'anneal-steps': 10_000,
          'epsilon-over': 4_000,
          huber: 1000,
          'max-grad-norm': 1000,
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
          'rollout-steps': 80,
          updates: 20,
          warmup: 25,
          'target-period': 150,
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

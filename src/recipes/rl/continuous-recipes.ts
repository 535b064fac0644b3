import { adam, linearDecay } from '../../models/index.ts';
import {
  type BoxSpec,
  DeepAgent,
  type Environment,
  type Method,
  mountainCarContinuous,
  pendulum,
  type Replayed,
  ReplayMemory,
  replay,
  sac,
  scaledObservations,
  td3,
} from '../../rl/index.ts';
import { choice, real, type ValuesOf, whole } from '../option.ts';
import { type AgentCircumstances, type AgentRecipe, agentRecipe } from '../recipe.ts';
import { agentEnvironments } from './agent-environment.ts';
import { offPolicyOptions, offPolicyParts } from './continuous-options.ts';
import { deepAssembly } from './deep.ts';

/** The hyper-parameters of a soft actor-critic. Durations are in steps. */
export const sacOptions = {
  ...offPolicyOptions,
  temperature: real('weight of the entropy at the first step', 1, { min: 1e-9 }),
  'learn-temperature': choice('the temperature is learnt towards target-entropy', ['yes', 'no'], 'yes'),
  'target-entropy': real('entropy of each number of an action, from -1 to 1, in nats', -1, {
    min: -100,
    max: 100,
  }),
};

/** The hyper-parameters of a twin delayed deep deterministic policy gradient. */
export const td3Options = {
  ...offPolicyOptions,
  noise: real('deviation of the noise that explores, at the first step; actions are from -1 to 1', 0.1),
  'noise-end': real('deviation of that noise after noise-over', 0.1),
  'noise-over': whole('steps over which that noise changes linearly to noise-end', 1000, {
    unit: 'steps',
    min: 1,
  }),
  'target-noise': real("deviation of the noise of the target policy's actions", 0.2),
  'noise-clip': real('bound of that noise', 0.5),
  'policy-delay': whole('updates of the critics for one of the policy', 2, { unit: 'updates', min: 1 }),
};

type Shared = ValuesOf<typeof offPolicyOptions>;
type Make = () => Environment<readonly number[], readonly number[]>;
type Space = { readonly observation: number; readonly action: BoxSpec };

/** The run of an agent whose method is made for the spaces of its environments. */
function assembly(
  values: Shared,
  circumstances: AgentCircumstances,
  own: Make,
  methodOf: (space: Space) => Method<Replayed, readonly number[]>,
) {
  const { engine, seed } = circumstances;
  const { make, environments } = agentEnvironments(own, values['num-envs'], circumstances);
  const { observation, environment } = environments;
  const action = environment.action as BoxSpec;
  const memory = new ReplayMemory({
    capacity: values.capacity,
    observation,
    action: action.low.length,
    ...(values.prioritised === 'yes' && { priority: { alpha: values.alpha } }),
  });
  const agent = new DeepAgent(methodOf({ observation, action }), engine, { environments, memory, seed });
  const prepare = replay(memory, { steps: values['n-step'], gamma: values.gamma });
  return deepAssembly({ make, agent, prepare }, circumstances);
}

type Definition = Pick<AgentRecipe, 'name' | 'summary' | 'data' | 'preset'>;

function sacRecipe(definition: Definition, make: Make): AgentRecipe {
  return agentRecipe({
    ...definition,
    bridged: true,
    paper: 'Haarnoja et al., Soft Actor-Critic Algorithms and Applications, arXiv:1812.05905',
    options: sacOptions,
    build: (values, circumstances) =>
      assembly(values, circumstances, make, (space) => {
        const { rate, ...parts } = offPolicyParts(values);
        return sac({
          ...space,
          ...parts,
          optimizer: adam({ rate }),
          temperature: values.temperature,
          learnTemperature: values['learn-temperature'] === 'yes',
          targetEntropy: values['target-entropy'] * space.action.low.length,
        });
      }),
  });
}

function td3Recipe(definition: Definition, make: Make): AgentRecipe {
  return agentRecipe({
    ...definition,
    bridged: true,
    paper:
      'Fujimoto et al., Addressing Function Approximation Error in Actor-Critic Methods, arXiv:1802.09477',
    options: td3Options,
    build: (values, circumstances) =>
      assembly(values, circumstances, make, (space) => {
        const { rate, ...parts } = offPolicyParts(values);
        return td3({
          ...space,
          ...parts,
          optimizer: adam({ rate }),
          noise: linearDecay(values.noise, values['noise-end'], values['noise-over']),
          targetNoise: values['target-noise'],
          noiseClip: values['noise-clip'],
          policyDelay: values['policy-delay'],
        });
      }),
  });
}

const car = () => scaledObservations(mountainCarContinuous());

/** Agents for continuous control with a replay memory. */
export const continuousRecipes: readonly AgentRecipe[] = [
  sacRecipe(
    {
      name: 'pendulum-sac',
      summary: 'a soft actor-critic that swings the pendulum up and holds it there',
      data: 'Pendulum-v1',
      preset: { steps: 400, options: {} },
    },
    pendulum,
  ),
  sacRecipe(
    {
      name: 'mountain-car-continuous-sac',
      summary: 'a soft actor-critic that drives the car up the hill by little force',
      data: 'MountainCarContinuous-v0',
      preset: { steps: 400, options: { gamma: 0.999, hold: 40 } },
    },
    car,
  ),
  td3Recipe(
    {
      name: 'pendulum-td3',
      summary: 'a twin delayed policy gradient that swings the pendulum up and holds it there',
      data: 'Pendulum-v1',
      preset: { steps: 400, options: {} },
    },
    pendulum,
  ),
  td3Recipe(
    {
      name: 'mountain-car-continuous-td3',
      summary: 'a twin delayed policy gradient that drives the car up the hill by little force',
      data: 'MountainCarContinuous-v0',
      preset: {
        steps: 400,
        options: {
          gamma: 0.999,
          hold: 40,
          warmup: 60,
          'n-step': 8,
          noise: 0.3,
          'noise-end': 0.1,
          'noise-over': 400,
        },
      },
    },
    car,
  ),
];

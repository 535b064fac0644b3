import { adam } from '../../models/index.ts';
import { a2c, cartPole, DeepAgent, reinforce } from '../../rl/index.ts';
import { type ValuesOf, whole } from '../option.ts';
import { type AgentCircumstances, type AgentRecipe, agentRecipe } from '../recipe.ts';
import { agentEnvironments } from './agent-environment.ts';
import { deepAssembly } from './deep.ts';
import { discretePolicy } from './policies.ts';
import { learningOptions, policyOptions, rateOfAgent } from './shared-options.ts';

/** What both have. Durations are in steps. */
const common = { ...learningOptions, ...policyOptions };

/** The hyper-parameters of the advantage actor-critic. */
export const a2cOptions = {
  'num-envs': whole('environments that are stepped together', 16, {
    unit: 'environments',
    min: 1,
    max: 4096,
  }),
  'rollout-steps': whole(
    'environment steps of each environment in a step; returns bootstrap after as many rewards',
    16,
    { unit: 'environment steps', min: 1, max: 65_536 },
  ),
  ...common,
};

/** The hyper-parameters of REINFORCE. */
export const reinforceOptions = {
  'num-envs': whole('environments, each of which plays one episode in a step', 8, {
    unit: 'environments',
    min: 1,
    max: 4096,
  }),
  longest: whole('environment steps after which an episode is truncated', 500, {
    unit: 'environment steps',
    min: 1,
    max: 65_536,
  }),
  ...common,
};

/** What both methods are made of. */
function partsOf(
  values: ValuesOf<typeof common> & { readonly 'num-envs': number },
  circumstances: AgentCircumstances,
) {
  const { make, environments } = agentEnvironments(cartPole, values['num-envs'], circumstances);
  const rate = rateOfAgent(values);
  const options = {
    observation: environments.observation,
    policy: discretePolicy(environments.environment.action),
    network: { hidden: new Array<number>(values.depth).fill(values.width), activation: 'tanh' as const },
    optimizer: adam({ rate, epsilon: 1e-5 }),
    gamma: values.gamma,
    entCoef: values['ent-coef'],
    vfCoef: values['vf-coef'],
    maxGradNorm: values['max-grad-norm'],
  };
  return { make, environments, options };
}

function a2cAssembly(values: ValuesOf<typeof a2cOptions>, circumstances: AgentCircumstances) {
  const { engine, seed } = circumstances;
  const { make, environments, options } = partsOf(values, circumstances);
  const agent = new DeepAgent(a2c({ ...options, rolloutSteps: values['rollout-steps'] }), engine, {
    environments,
    seed,
  });
  return deepAssembly({ make, agent, prepare: (rollouts$) => rollouts$ }, circumstances);
}

function reinforceAssembly(values: ValuesOf<typeof reinforceOptions>, circumstances: AgentCircumstances) {
  const { engine, seed } = circumstances;
  const { make, environments, options } = partsOf(values, circumstances);
  const agent = new DeepAgent(reinforce({ ...options, longest: values.longest }), engine, {
    environments,
    seed,
  });
  return deepAssembly({ make, agent, prepare: (rollouts$) => rollouts$ }, circumstances);
}

/** The methods that proximal policy optimisation came from. */
export const actorCriticRecipes: readonly AgentRecipe[] = [
  agentRecipe({
    name: 'cart-pole-a2c',
    summary: 'advantage actor-critic that balances the pole',
    paper: 'Mnih et al., Asynchronous Methods for Deep Reinforcement Learning, arXiv:1602.01783',
    data: 'CartPole-v1',
    bridged: true,
    options: a2cOptions,
    preset: { steps: 2000, options: { 'anneal-steps': 2000 } },
    build: a2cAssembly,
  }),
  agentRecipe({
    name: 'cart-pole-reinforce',
    summary: 'REINFORCE with a baseline that balances the pole',
    paper: 'Williams, Simple Statistical Gradient-Following Algorithms, Machine Learning 8 (1992)',
    data: 'CartPole-v1',
    bridged: true,
    options: reinforceOptions,
    preset: { steps: 150, options: { rate: 1e-2, 'anneal-steps': 150 } },
    build: reinforceAssembly,
  }),
];

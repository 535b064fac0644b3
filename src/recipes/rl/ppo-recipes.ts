import { adam } from '../../models/index.ts';
import {
  acrobot,
  cartPole,
  DeepAgent,
  type Environment,
  minibatched,
  pendulum,
  ppo,
  type RolloutWithValues,
} from '../../rl/index.ts';
import { real, type ValuesOf, whole } from '../option.ts';
import { type AgentCircumstances, type AgentRecipe, agentRecipe } from '../recipe.ts';
import { agentEnvironments } from './agent-environment.ts';
import { deepAssembly } from './deep.ts';
import { boxPolicy, discretePolicy, type PolicyFor } from './policies.ts';
import { learningOptions, policyOptions, rateOfAgent } from './shared-options.ts';

/** The hyper-parameters of proximal policy optimisation. Durations are in steps. */
export const ppoOptions = {
  'num-envs': whole('environments that are stepped together', 8, { unit: 'environments', min: 1, max: 4096 }),
  'rollout-steps': whole('environment steps of each environment in a step', 32, {
    unit: 'environment steps',
    min: 1,
    max: 65_536,
  }),
  epochs: whole('passes over a rollout', 10, { unit: 'passes', min: 1, max: 1000 }),
  minibatch: whole('environment steps of an update; divides num-envs * rollout-steps', 64, {
    unit: 'environment steps',
    min: 1,
    max: 65_536,
  }),
  ...learningOptions,
  lambda: real('decay of generalised advantage estimation', 0.95, { max: 1 }),
  clip: real('bound of the clipped probability ratio: 1 - clip to 1 + clip', 0.2, { min: 1e-9 }),
  ...policyOptions,
};

function ppoAssembly<Action>(
  values: ValuesOf<typeof ppoOptions>,
  circumstances: AgentCircumstances,
  own: () => Environment<readonly number[], Action>,
  policyFor: PolicyFor<Action>,
) {
  const { engine, seed } = circumstances;
  const { epochs, minibatch, gamma, lambda, clip } = values;
  const { 'num-envs': count, 'rollout-steps': rolloutSteps } = values;
  if ((count * rolloutSteps) % minibatch !== 0)
    throw new RangeError(
      `set minibatch: expected a size that divides num-envs * rollout-steps, ${count * rolloutSteps}, got ${minibatch}`,
    );
  const { make, environments } = agentEnvironments(own, count, circumstances);
  const rate = rateOfAgent(values);
  const method = ppo({
    observation: environments.observation,
    policy: policyFor(environments.environment.action),
    network: { hidden: new Array(values.depth).fill(values.width), activation: 'tanh' },
    optimizer: adam({ rate, epsilon: 1e-5 }),
    rolloutSteps,
    gamma,
    lambda,
    clip,
    entCoef: values['ent-coef'],
    vfCoef: values['vf-coef'],
    maxGradNorm: values['max-grad-norm'],
  });
  const agent = new DeepAgent(method, engine, { environments, seed });
  const prepare = minibatched<RolloutWithValues>({ epochs, size: minibatch });
  return deepAssembly({ make, agent, prepare }, circumstances);
}

function ppoRecipe<Action>(
  definition: Pick<AgentRecipe, 'name' | 'summary' | 'data' | 'preset'>,
  make: () => Environment<readonly number[], Action>,
  policyFor: PolicyFor<Action>,
): AgentRecipe {
  return agentRecipe({
    ...definition,
    bridged: true,
    paper: 'Schulman et al., Proximal Policy Optimization Algorithms, arXiv:1707.06347',
    options: ppoOptions,
    build: (values, circumstances) => ppoAssembly(values, circumstances, make, policyFor),
  });
}

/** Proximal policy optimisation. */
export const ppoRecipes: readonly AgentRecipe[] = [
  ppoRecipe(
    {
      name: 'cart-pole-ppo',
      summary: 'proximal policy optimisation that balances the pole for all of 500 steps',
      data: 'CartPole-v1',
      preset: { steps: 400, options: { gamma: 0.98, lambda: 0.9, 'anneal-steps': 400 } },
    },
    cartPole,
    discretePolicy,
  ),
  ppoRecipe(
    {
      name: 'acrobot-ppo',
      summary: 'proximal policy optimisation that swings two links up to the line',
      data: 'Acrobot-v1',
      preset: {
        steps: 200,
        options: { 'rollout-steps': 128, minibatch: 256, epochs: 4, lambda: 0.94, 'anneal-steps': 200 },
      },
    },
    acrobot,
    discretePolicy,
  ),
  ppoRecipe(
    {
      name: 'pendulum-ppo',
      summary: 'proximal policy optimisation with normals that swings the pendulum up and holds it there',
      data: 'Pendulum-v1',
      preset: { steps: 60, options: { 'num-envs': 4, 'rollout-steps': 512, gamma: 0.9, 'anneal-steps': 60 } },
    },
    pendulum,
    boxPolicy,
  ),
];

import { adam, linearDecay, type Rate } from '../../models/index.ts';
import {
  acrobot,
  cartPole,
  DeepAgent,
  type Environment,
  minibatched,
  pendulum,
  ppo,
  type RolloutWithValues,
  Worlds,
} from '../../rl/index.ts';
import { real, type ValuesOf, whole } from '../option.ts';
import { type AgentCircumstances, type AgentRecipe, agentRecipe } from '../recipe.ts';
import { deepAssembly } from './deep.ts';
import { boxPolicy, discretePolicy, type PolicyFor } from './policies.ts';

/** The hyper-parameters of proximal policy optimisation. Durations are in steps. */
export const ppoOptions = {
  worlds: whole('environments that are stepped at the same time', 8, 1, 4096),
  play: whole('environment steps of each environment in a step', 32, 1, 65_536),
  epochs: whole('times that a rollout is gone through', 10, 1, 1000),
  minibatch: whole('steps of an update; it divides worlds * play', 64, 1, 65_536),
  rate: real('learning rate', 1e-3),
  'rate-end': real('learning rate after the fall', 0),
  'anneal-steps': whole('steps over which the rate falls in a straight line; 0 keeps it as it is', 0),
  gamma: real('discount for each step', 0.99, 0, 1),
  lambda: real('how far advantages trust the returns', 0.95, 0, 1),
  clip: real('how far from 1 a ratio of probabilities is rewarded', 0.2, 1e-9),
  entropy: real('what a nat of entropy is worth', 0),
  value: real("weight of the critic's loss", 0.5),
  gradient: real('largest norm of the gradient, above which it is scaled down', 0.5, 1e-9),
  width: whole('units of a hidden layer', 64, 1, 8192),
  depth: whole('hidden layers', 2, 1, 64),
};

function ppoAssembly<Action>(
  values: ValuesOf<typeof ppoOptions>,
  circumstances: AgentCircumstances,
  make: () => Environment<readonly number[], Action>,
  policyFor: PolicyFor<Action>,
) {
  const { engine, seed } = circumstances;
  const { worlds: count, play, epochs, minibatch, gamma, lambda, clip, entropy, value, gradient } = values;
  if ((count * play) % minibatch !== 0)
    throw new RangeError(
      `--set minibatch: expected a size that divides worlds * play, ${count * play}, got ${minibatch}`,
    );
  const worlds = new Worlds(make, { count, seed });
  const over = values['anneal-steps'];
  const rate: Rate = over === 0 ? values.rate : linearDecay(values.rate, values['rate-end'], over);
  const method = ppo({
    observation: worlds.observation,
    policy: policyFor(worlds.environment.action),
    network: { hidden: new Array(values.depth).fill(values.width), activation: 'tanh' },
    optimizer: adam({ rate, epsilon: 1e-5 }),
    steps: play,
    gamma,
    lambda,
    clip,
    entropy,
    value,
    gradient,
  });
  const agent = new DeepAgent(method, engine, { environments: worlds, seed });
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
        options: { play: 128, minibatch: 256, epochs: 4, lambda: 0.94, 'anneal-steps': 200 },
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
      preset: { steps: 60, options: { worlds: 4, play: 512, gamma: 0.9, 'anneal-steps': 60 } },
    },
    pendulum,
    boxPolicy,
  ),
];

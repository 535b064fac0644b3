import { describe, expect, it } from 'vitest';
import { type AgentRecipe, findRecipe, recipes } from '../../src/recipes/index.ts';
import { changes, effectsOf, type Values } from './agent-options.ts';

/**
 * The other value of an option, and all that it changes; with values without which it would have
 * nothing to say.
 */
type Effect = readonly [to: number | string, changes: string, with_?: Values];

interface Family {
  readonly recipe: string;
  readonly base: Values;
  readonly steps: number;
  readonly effects: Readonly<Record<string, Effect>>;
}

const deep = { width: 4, depth: 1, 'anneal-steps': 8, 'rate-end': 5e-4 };
const networks: Readonly<Record<string, Effect>> = { width: [5, 'shape'], depth: [2, 'shape'] };
/**
 * Of methods whose first step is one update: what it changes is seen later, what it judges by is
 * told at once.
 */
const gradients: Readonly<Record<string, Effect>> = {
  rate: [0.02, 'learned'],
  'rate-end': [1e-4, 'learned'],
  'anneal-steps': [6, 'learned'],
  gamma: [0.5, 'learned loss policyLoss valueLoss'],
  'ent-coef': [0.1, 'learned loss'],
  'vf-coef': [1, 'learned loss'],
  'max-grad-norm': [0.01, 'learned'],
  ...networks,
};
const dqnBase: Values = {
  ...deep,
  'num-envs': 2,
  'rollout-steps': 6,
  updates: 2,
  minibatch: 8,
  capacity: 40,
  warmup: 1,
  rate: 0.1,
  'target-period': 8,
  epsilon: 0.8,
  'epsilon-end': 0.2,
  'epsilon-over': 4,
  hold: 3,
  prioritised: 'yes',
  huber: 0.1,
  'max-grad-norm': 0.05,
  'beta-over': 8,
};
const dqnEffects: Readonly<Record<string, Effect>> = {
  'num-envs': [3, 'learned played loss replaySize tdError'],
  'rollout-steps': [7, 'learned played loss replaySize tdError'],
  updates: [3, 'learned loss tdError'],
  minibatch: [4, 'learned loss tdError'],
  capacity: [50, 'shape'],
  warmup: [2, 'learned loss tdError replaySize epsilon'],
  rate: [0.05, 'learned loss tdError'],
  'rate-end': [1e-4, 'learned loss tdError'],
  'anneal-steps': [6, 'learned loss tdError'],
  gamma: [0.5, 'learned loss tdError'],
  epsilon: [0.1, 'learned played loss tdError epsilon'],
  'epsilon-end': [0.8, 'learned epsilon'],
  'epsilon-over': [2, 'learned loss tdError epsilon'],
  hold: [1, 'learned loss tdError'],
  'target-period': [3, 'learned'],
  'target-decay': [0.5, 'learned loss tdError'],
  'n-step': [3, 'learned loss tdError'],
  double: ['no', 'learned', { 'max-grad-norm': 100, huber: 100, rate: 0.3, updates: 6 }],
  dueling: ['yes', 'shape played'],
  prioritised: ['no', 'shape'],
  alpha: [0.1, 'learned loss tdError'],
  beta: [0.9, 'learned loss'],
  'beta-over': [3, 'learned loss'],
  huber: [0.01, 'learned loss tdError'],
  'max-grad-norm': [0.01, 'learned loss tdError'],
  width: [5, 'shape'],
  depth: [2, 'shape played'],
};
/** An agent with twin critics: its base, and what its options change. */
const offPolicy: Values = {
  ...deep,
  'num-envs': 2,
  'rollout-steps': 6,
  updates: 4,
  minibatch: 8,
  capacity: 60,
  warmup: 1,
  rate: 0.1,
  hold: 3,
  prioritised: 'yes',
  'target-decay': 0.5,
  'beta-over': 8,
};
const offPolicyEffects = (everything: string): Readonly<Record<string, Effect>> => ({
  'num-envs': [3, `played replaySize ${everything}`],
  'rollout-steps': [7, `played replaySize ${everything}`],
  updates: [3, everything],
  minibatch: [4, everything],
  capacity: [70, 'shape'],
  warmup: [2, `replaySize ${everything}`],
  rate: [0.05, everything],
  'rate-end': [1e-4, everything],
  'anneal-steps': [6, everything],
  gamma: [0.5, everything],
  hold: [1, `played ${everything}`],
  'target-decay': [0.9, everything],
  'n-step': [3, everything],
  prioritised: ['no', 'shape'],
  alpha: [0.1, everything],
  beta: [0.9, everything],
  'beta-over': [3, everything],
  width: [5, 'shape'],
  depth: [2, 'shape'],
});
const ofTd3 = 'learned policyLoss valueLoss tdError';
const ofSac = `${ofTd3} entropy`;
const all = 'learned played loss policyLoss valueLoss entropy';

/** One recipe of each family of agents. */
const families: Readonly<Record<string, Family>> = {
  dqn: {
    recipe: 'cart-pole-dqn',
    steps: 6,
    base: dqnBase,
    effects: dqnEffects,
  },
  pixels: {
    recipe: 'catch-ball-dqn',
    steps: 6,
    base: { ...dqnBase, filters: 2 },
    effects: {
      ...dqnEffects,
      hold: [1, 'learned played loss tdError'],
      depth: [2, 'shape'],
      filters: [3, 'shape'],
      frames: [3, 'shape played'],
    },
  },
  sac: {
    recipe: 'pendulum-sac',
    steps: 6,
    base: offPolicy,
    effects: {
      ...offPolicyEffects(ofSac),
      temperature: [0.5, ofSac],
      'learn-temperature': ['no', ofSac],
      'target-entropy': [1, ofSac],
    },
  },
  td3: {
    recipe: 'pendulum-td3',
    steps: 6,
    base: { ...offPolicy, noise: 0.5, 'noise-over': 4 },
    effects: {
      ...offPolicyEffects(ofTd3),
      noise: [0.2, ofTd3],
      'noise-end': [0.4, ofTd3],
      'noise-over': [2, ofTd3],
      'target-noise': [0.4, ofTd3],
      'noise-clip': [0.1, ofTd3],
      'policy-delay': [3, ofTd3],
    },
  },
  ppo: {
    recipe: 'cart-pole-ppo',
    steps: 4,
    base: {
      ...deep,
      'num-envs': 2,
      'rollout-steps': 8,
      epochs: 2,
      minibatch: 8,
      rate: 0.05,
      'ent-coef': 0.01,
      'max-grad-norm': 0.1,
    },
    effects: {
      'num-envs': [4, all],
      'rollout-steps': [12, all],
      epochs: [3, 'learned loss policyLoss valueLoss entropy'],
      minibatch: [4, 'learned loss policyLoss valueLoss entropy'],
      rate: [0.02, 'learned loss policyLoss valueLoss entropy'],
      'rate-end': [1e-4, 'learned'],
      'anneal-steps': [6, 'learned'],
      gamma: [0.5, 'learned loss policyLoss valueLoss entropy'],
      lambda: [0.5, 'learned loss policyLoss valueLoss entropy'],
      clip: [0.05, 'learned loss policyLoss valueLoss entropy'],
      'ent-coef': [0.1, 'learned loss policyLoss valueLoss entropy'],
      'vf-coef': [1, 'learned loss policyLoss valueLoss entropy'],
      'max-grad-norm': [0.01, 'learned loss policyLoss valueLoss entropy'],
      ...networks,
    },
  },
  a2c: {
    recipe: 'cart-pole-a2c',
    steps: 4,
    base: { ...deep, 'num-envs': 2, 'rollout-steps': 8, 'ent-coef': 0.01, 'max-grad-norm': 0.1 },
    effects: { 'num-envs': [3, all], 'rollout-steps': [9, all], ...gradients },
  },
  reinforce: {
    recipe: 'cart-pole-reinforce',
    steps: 4,
    base: { ...deep, 'num-envs': 2, longest: 12, 'ent-coef': 0.01, 'max-grad-norm': 0.1 },
    effects: {
      'num-envs': [3, all],
      longest: [9, 'learned loss policyLoss valueLoss entropy'],
      ...gradients,
    },
  },
  table: {
    recipe: 'mountain-car-q',
    steps: 600,
    base: {
      epsilon: 0.5,
      'epsilon-end': 0.2,
      alpha: 0.5,
      'alpha-end': 0.05,
      'anneal-steps': 400,
      gamma: 0.9,
      initial: 1,
      bins: 6,
      episodes: 0,
    },
    effects: {
      method: ['sarsa', 'learned tdError'],
      alpha: [0.3, 'learned tdError'],
      'alpha-end': [0.2, 'learned tdError'],
      epsilon: [1, 'learned tdError epsilon'],
      'epsilon-end': [0.5, 'learned tdError epsilon'],
      'anneal-steps': [500, 'learned tdError epsilon'],
      gamma: [0.5, 'learned tdError'],
      initial: [0, 'learned tdError'],
      lookahead: [2, 'learned tdError', { method: 'n-step-sarsa' }],
      episodes: [2, 'learned steps'],
      bins: [7, 'shape played'],
    },
  },
};

const told = ['loss', 'policyLoss', 'valueLoss', 'entropy', 'epsilon', 'replaySize', 'tdError'];
const looked = (names: readonly string[]) =>
  names
    .map((name) => name.replace('told:', ''))
    .filter((name, i) => name === names[i] || told.includes(name));

describe.each(Object.entries(families))('an option of %s', (_, { recipe, base, steps, effects }) => {
  it('is known here', () => {
    expect(Object.keys(effects).sort()).toEqual(Object.keys(findRecipe(recipe).options).sort());
  });

  it('reaches what it should and nothing else', async () => {
    const plain = await effectsOf(recipe, base, steps);
    for (const [option, [to, expected, with_]] of Object.entries(effects)) {
      const before = with_ ? await effectsOf(recipe, { ...base, ...with_ }, steps) : plain;
      const after = await effectsOf(recipe, { ...base, ...with_, [option]: to }, steps);
      const found = looked(changes(before, after)).filter((name) => !(with_ && told.includes(name)));
      const wanted = expected.split(' ').filter((name) => !(with_ && told.includes(name)));
      expect([option, ...found.sort()]).toEqual([option, ...wanted.sort()]);
    }
  });
});

it('every agent is of a family that is known here, with its very options', () => {
  const known = Object.values(families).map(({ recipe }) => Object.keys(findRecipe(recipe).options).join());
  const agents = recipes.filter((recipe): recipe is AgentRecipe => recipe.kind === 'agent');
  const withoutBins = known.map((options) => options.replace(/,bins$/, ''));
  const strange = agents.filter(
    ({ options }) => ![...known, ...withoutBins].includes(Object.keys(options).join()),
  );
  expect(strange.map(({ name }) => name)).toEqual([]);
});

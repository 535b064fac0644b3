import { describe, expect, it } from 'vitest';
import { adam, dense, sequential } from '../../../src/models/index.ts';
import {
  a2c,
  categoricalPolicy,
  DeepAgent,
  dqn,
  ppo,
  reinforce,
  sac,
  td3,
  VectorEnvironment,
} from '../../../src/rl/index.ts';
import { corridor, engines } from './support.ts';

type Make = (options?: unknown) => unknown;
const agents = { dqn, ppo, a2c, reinforce, sac, td3 } as unknown as Readonly<Record<string, Make>>;

const shared = {
  observation: 2,
  network: { hidden: [4], activation: 'relu' },
  optimizer: adam({ rate: 1e-3 }),
};
const offPolicy = { ...shared, action: { low: [-1], high: [1] }, rolloutSteps: 1, updates: 1 };
const right: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  dqn: { ...shared, actions: 2, rolloutSteps: 1, updates: 1, epsilon: 0.1, targetPeriod: 1 },
  ppo: { ...shared, policy: categoricalPolicy(2), rolloutSteps: 1 },
  a2c: { ...shared, policy: categoricalPolicy(2) },
  reinforce: { ...shared, policy: categoricalPolicy(2), longest: 5 },
  sac: offPolicy,
  td3: offPolicy,
};

describe.each(Object.entries(agents))('%s', (name, make) => {
  const options = right[name]!;

  it('is made of its options', () => {
    expect(make(options)).toMatchObject({ name });
  });

  it.each([undefined, null, 3])('says what it takes when it is given %s', (nothing) => {
    expect(() => make(nothing)).toThrow(`${name}: expected an object of options, got ${nothing}`);
  });

  it('names the option that was probably meant', () => {
    expect(() => make({ ...options, gama: 0.9 })).toThrow(
      /expected one of .*, got "gama"; did you mean gamma\?$/,
    );
  });

  it.each(Object.keys(options).filter((option) => option !== 'rolloutSteps' || name !== 'a2c'))(
    'names %s where it is absent',
    (option) => {
      const { [option]: _, ...others } = options;
      expect(() => make(others)).toThrow(new RegExp(`^${name}: .*${option}.*, got (undefined|neither)$`));
    },
  );

  it.each([
    ['observation', 1.5, 'observation: expected a whole number from 1, got 1.5'],
    ['network', [64, 64], 'network: expected a layer, or widths as'],
    ['network', { hidden: [0], activation: 'relu' }, 'network: hidden: expected a whole number from 1'],
    ['network', { hidden: [4], activation: 'gelu' }, 'network: activation: expected one of relu, tanh'],
    ['optimizer', adam, 'optimizer: expected an optimizer, as adam({ rate: 1e-3 }), got'],
    ['gamma', 1.5, 'gamma: expected a finite number from 0 to 1, got 1.5'],
  ])('refuses a %s of %j', (option, value, message) => {
    expect(() => make({ ...options, [option]: value })).toThrow(`${name}: ${message}`);
  });

  it('takes a layer as its network', () => {
    expect(make({ ...options, network: sequential([dense(3)]) })).toMatchObject({ name });
  });
});

it.each([
  ['dqn', 'epsilon', 2, 'epsilon: expected a finite number from 0 to 1, got 2'],
  ['dqn', 'huber', 0, 'huber: expected a finite number above 0, got 0'],
  ['dqn', 'maxGradNorm', -1, 'maxGradNorm: expected a finite number above 0, got -1'],
  ['ppo', 'clip', '0.2', 'clip: expected a finite number from 0, got "0.2"'],
  ['ppo', 'policy', 'categorical', 'policy: expected a policy, as categoricalPolicy(2), got "categorical"'],
  ['sac', 'action', 1, 'action: expected finite bounds, as { low: [-1], high: [1] }, got 1'],
  ['sac', 'beta', Number.NaN, 'beta: expected a finite number from 0, got NaN'],
  ['td3', 'noise', null, 'noise: expected a finite number from 0, got null'],
  ['td3', 'criticNetwork', 7, 'criticNetwork: expected a layer, or widths as'],
])('%s refuses a %s of %j', (name, option, value, message) => {
  expect(() => agents[name]!({ ...right[name], [option]: value })).toThrow(`${name}: ${message}`);
});

describe('a deep agent', () => {
  const method = dqn(right.dqn as never);
  const environments = new VectorEnvironment(() => corridor());

  it.each([
    [method, undefined, 'DeepAgent: expected an object of options, got undefined'],
    [method, {}, 'DeepAgent: environments: expected a VectorEnvironment, got undefined'],
    [method, { environments, memroy: 1 }, 'got "memroy"; did you mean memory?'],
    [undefined, { environments }, 'DeepAgent: method: expected a method, as dqn({ ... }), got undefined'],
  ])('names what does not fit (%#)', (made, options, message) => {
    expect(() => new DeepAgent(made as never, engines.cpu, options as never)).toThrow(message);
  });
});

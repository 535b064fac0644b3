import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cpuEngine, type Value } from '../../src/engine/index.ts';
import { findRecipe, resolveSettings } from '../../src/recipes/index.ts';
import type { RunEvent } from '../../src/runs/index.ts';
import { assemble, execute, type RunControl, RunDirectory, runContext } from '../../src/runs/index.ts';
import { scratchFolder } from '../support/weir.ts';
import { agentOf, learned, type Values } from './agent-options.ts';

const folder = scratchFolder();
const engine = await cpuEngine();
const deep = { width: 4, depth: 1, 'anneal-steps': 0 };

/** Agents in small, by recipe, and the option that is their learning rate. */
const agents: Readonly<Record<string, readonly [set: Values, rate: string]>> = {
  'cart-pole-dqn': [
    { ...deep, 'rollout-steps': 8, updates: 2, minibatch: 8, capacity: 64, warmup: 1 },
    'rate',
  ],
  'pendulum-sac': [
    { ...deep, 'rollout-steps': 8, updates: 2, minibatch: 8, capacity: 64, warmup: 1 },
    'rate',
  ],
  'pendulum-td3': [
    { ...deep, 'rollout-steps': 8, updates: 2, minibatch: 8, capacity: 64, warmup: 1 },
    'rate',
  ],
  'cart-pole-ppo': [{ ...deep, 'num-envs': 2, 'rollout-steps': 8, epochs: 2, minibatch: 8 }, 'rate'],
  'cart-pole-a2c': [{ ...deep, 'num-envs': 2, 'rollout-steps': 8 }, 'rate'],
  'cart-pole-reinforce': [{ ...deep, 'num-envs': 2, longest: 12 }, 'rate'],
  'frozen-lake-q': [{ epsilon: 0.5, 'anneal-steps': 0, initial: 1 }, 'alpha'],
};
const names = Object.keys(agents);
const steps = 12;

describe('a lowered rate', () => {
  it.each(names)('is the rate that %s learns by, and goes on after a restore', async (name) => {
    const [set, rate] = agents[name]!;
    const [whole, half] = await Promise.all(
      [0.25, 0.125].map(async (value) => learned(agentOf(name, { ...set, [rate]: value }, { steps }))),
    );
    const lowered = agentOf(name, { ...set, [rate]: 0.25 }, { steps });
    expect(lowered.learner.rateFactor).toBe(1);
    lowered.learner.rateFactor = 0.5;
    const slow = await learned(lowered);
    expect(slow.leaves).toEqual(half!.leaves);
    expect(slow.leaves).not.toEqual(whole!.leaves);

    const first = agentOf(name, { ...set, [rate]: 0.25 }, { steps: 5 });
    first.learner.rateFactor = 0.5;
    const { leaves, state } = await learned(first);
    const second = agentOf(name, { ...set, [rate]: 0.25 }, { steps });
    second.learner.restore({ tensors: leaves, state });
    expect(second.learner.rateFactor).toBe(0.5);
    expect((await learned(second)).leaves).toEqual(half!.leaves);
    for (const { learner } of [lowered, first, second]) learner.close();
  });
});

/** An agent in a run directory, with somebody who asks for something after a step. */
async function steered(recipe: string, name: string, at: number, ask: (control: RunControl) => void) {
  const [set, rate] = agents[recipe]!;
  const given = Object.entries({ ...set, [rate]: 0.25 }).map(([option, to]) => [option, `${to}`] as const);
  const settings = resolveSettings(findRecipe(recipe), undefined, {
    steps,
    checkpointEvery: 4,
    set: new Map(given),
  });
  const config = { weir: '0.1.0', recipe, data: findRecipe(recipe).data, engine: 'cpu', ...settings };
  const directory = new RunDirectory(join(folder, `${recipe}-${name}`));
  directory.create(config);
  const assembly = assemble(config, undefined, engine);
  const context = runContext({ directory, config, assembly });
  const { control } = context;
  const events: RunEvent[] = [];
  let asked = false;
  const barrier = {
    due: ({ index }: { readonly index: number }) => index === at && !asked,
    task: () => {
      asked = true;
      ask(control);
    },
  };
  const observers = [{ name: 'test', onEvent: (event: RunEvent) => void events.push(event) }];
  const barriers = [barrier];
  const report = await execute(context, { observers, barriers });
  const { tensors: leaves } = (await directory.checkpointStore(config).latest())!;
  return { report, events, leaves };
}

const numbersOf = (leaves: ReadonlyMap<string, Value>) =>
  Object.fromEntries([...leaves].map(([path, { data }]) => [path, data]));

describe('a run of an agent', () => {
  it.each(names)('goes on with the rate that %s was told, from that turn on', async (recipe) => {
    const [plain, slow] = [
      await steered(recipe, 'plain', 5, () => {}),
      await steered(recipe, 'slow', 5, (control) => control.rate(0.5)),
    ];
    const told = slow.events.find(({ kind }) => kind === 'rate');
    expect(told).toMatchObject({ factor: 0.5 });
    const step = told!.index;
    const [set, rate] = agents[recipe]!;
    // By hand: fast up to that step, slow behind it.
    const fast = agentOf(recipe, { ...set, [rate]: 0.25 }, { seed: 1, steps: step });
    const before = await learned(fast);
    const rest = agentOf(recipe, { ...set, [rate]: 0.125 }, { seed: 1, steps });
    rest.learner.restore({ tensors: before.leaves, state: before.state });
    const expected = (await learned(rest)).leaves;
    expect(numbersOf(slow.leaves)).toEqual(numbersOf(expected));
    expect(numbersOf(slow.leaves)).not.toEqual(numbersOf(plain.leaves));
    for (const { learner } of [fast, rest]) learner.close();
  });

  it.each(names)('is rolled back to a checkpoint of %s, and goes on with half the rate', async (recipe) => {
    const { report, events, leaves } = await steered(recipe, 'back', 9, (control) =>
      control.rollBack('for a test', 7),
    );
    expect(report).toMatchObject({ ended: 'finished', steps });
    expect(events.find(({ kind }) => kind === 'rollback')).toMatchObject({ index: 4, factor: 0.5 });
    const [set, rate] = agents[recipe]!;
    const first = agentOf(recipe, { ...set, [rate]: 0.25 }, { seed: 1, steps: 4 });
    const before = await learned(first);
    const rest = agentOf(recipe, { ...set, [rate]: 0.125 }, { seed: 1, steps });
    rest.learner.restore({ tensors: before.leaves, state: before.state });
    const expected = (await learned(rest)).leaves;
    expect(numbersOf(leaves)).toEqual(numbersOf(expected));
    for (const { learner } of [first, rest]) learner.close();
  });
});

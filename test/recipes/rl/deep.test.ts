import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Engine, flattenTree, onnxEngine } from '../../../src/engine/index.ts';
import { findRecipe, resolveOptions } from '../../../src/recipes/index.ts';
import type { AgentRecipe } from '../../../src/recipes/recipe.ts';
import { greedyVerdict } from '../../../src/recipes/rl/greedy-verdict.ts';
import { boxPolicy, discretePolicy } from '../../../src/recipes/rl/policies.ts';
import { acrobot, frozenLake, pendulum } from '../../../src/rl/index.ts';
import { Run, type StepEvent } from '../../../src/streams/index.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();
const engine = await onnxEngine();

/** Small enough for a test. */
const settings = {
  'cart-pole-dqn': { 'rollout-steps': 10, updates: 2, minibatch: 16, capacity: 150, warmup: 3, width: 8 },
  'cart-pole-dqn, prioritised': {
    'rollout-steps': 10,
    updates: 2,
    minibatch: 16,
    capacity: 150,
    warmup: 3,
    width: 8,
    prioritised: 'yes',
    dueling: 'yes',
  },
  'cart-pole-ppo': { 'num-envs': 2, 'rollout-steps': 16, minibatch: 16, epochs: 2, width: 8 },
  'cart-pole-a2c': { 'num-envs': 2, 'rollout-steps': 8, width: 8 },
  'cart-pole-reinforce': { 'num-envs': 2, longest: 16, width: 8 },
  'pendulum-ppo': { 'num-envs': 2, 'rollout-steps': 16, minibatch: 16, epochs: 2, width: 8 },
} as const;
const names = Object.keys(settings) as (keyof typeof settings)[];

function build(name: keyof typeof settings, steps: number, on: Engine = engine) {
  const recipe = findRecipe(name.split(',')[0]!) as AgentRecipe;
  const values = resolveOptions(
    recipe.options,
    recipe.preset.options,
    new Map(Object.entries(settings[name])),
  );
  return recipe.build(values, { engine: on, seed: 3, steps });
}

async function learn(assembly: ReturnType<typeof build>): Promise<StepEvent[]> {
  const run = new Run();
  const events: StepEvent[] = [];
  await run.done(assembly.events(run).pipe(tap((event) => events.push(event))));
  return events;
}

describe('the run of a deep agent', () => {
  it.each(names)('%s learns for as many steps as there are, and tells plain numbers', async (name) => {
    const assembly = build(name, 12);
    const events = await learn(assembly);
    expect(events.map(({ index }) => index)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(events.flatMap(({ values }) => Object.values(values)).every(Number.isFinite)).toBe(true);
    expect(events.at(-1)!.values).toHaveProperty('loss');
    expect(assembly.learner.index).toBe(12);
    expect(await learn(assembly)).toEqual([]);
    assembly.learner.close();
  });

  it.each([
    ['cart-pole-dqn', 10],
    ['cart-pole-ppo', 32],
    ['cart-pole-a2c', 16],
  ] as const)(
    '%s says what it has played, %i steps a step, and counts on when it is restored',
    async (name, rows) => {
      const assembly = build(name, 12);
      const saved = assembly.learner.save();
      const events = await learn(assembly);
      const { steps, episodes } = assembly.learner.played!();
      expect(steps).toBe(12 * rows);
      // A step tells of the episodes that have ended in it together.
      const stepsWithEnds = events.filter(({ values }) => 'return' in values).length;
      expect(episodes).toBeGreaterThanOrEqual(Math.max(1, stepsWithEnds));
      assembly.learner.restore({ ...saved, tensors: flattenTree(saved.tensors) });
      await learn(assembly);
      expect(assembly.learner.played!()).toEqual({ steps: 2 * steps, episodes: 2 * episodes });
      assembly.learner.close();
    },
  );

  it.each(names)('%s goes on exactly from a checkpoint', async (name) => {
    const straight = build(name, 20);
    await learn(straight);
    const first = build(name, 9);
    await learn(first);
    const second = build(name, 20);
    const { tensors, state } = first.learner.save();
    second.learner.restore({ tensors: flattenTree(tensors), state: JSON.parse(JSON.stringify(state)) });
    expect(second.learner.index).toBe(9);
    await learn(second);
    expect(second.learner.save()).toEqual(straight.learner.save());
    for (const { learner } of [straight, first, second]) learner.close();
  });

  it('judges what it has come to, and draws a greedy episode', async () => {
    const assembly = build('cart-pole-dqn', 1);
    const { quality, text } = (await assembly.evaluate())!;
    expect(quality.returnMean).toBe(quality.lengthMean);
    expect(text).toMatch(/^greedy return \d+\.\d\d \+- \d+\.\d\d over 100 episodes of \d+\.\d steps$/);
    const path = join(folder, 'way.png');
    await assembly.draw(path);
    // Pictures of 200 pixels, several in a row.
    expect(PNG.sync.read(readFileSync(path)).width).toBeGreaterThan(2 * 200);
    assembly.learner.close();
  });
});

it('chooses among whole numbers, and draws real ones', () => {
  expect(discretePolicy(acrobot().action).outputs).toBe(3);
  expect(boxPolicy(pendulum().action).outputs).toBe(1);
});

it('says what greedy episodes are worth, in figures and in words', async () => {
  // Down and right along the safe way of the lake that is not slippery.
  const way: Readonly<Record<number, number>> = { 0: 1, 4: 1, 8: 2, 9: 1, 13: 2, 14: 2 };
  const actor = { greedy: (cell: number) => way[cell]! };
  expect(await greedyVerdict(frozenLake({ slippery: false }), actor)).toEqual({
    quality: { returnMean: 1, returnDeviation: 0, lengthMean: 6 },
    text: 'greedy return 1.00 +- 0.00 over 100 episodes of 6.0 steps',
  });
});

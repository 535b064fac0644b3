import { describe, expect, it } from 'vitest';
import { cpuEngine, flattenTree } from '../../../src/engine/index.ts';
import { resolveOptions } from '../../../src/recipes/index.ts';
import { actorCriticRecipes } from '../../../src/recipes/rl/actor-critic-recipes.ts';
import { Run } from '../../../src/streams/index.ts';

const engine = await cpuEngine();
const small = { 'num-envs': '2', width: '4', depth: '1' };

function build(name: string, set: Record<string, string>, steps = 1) {
  const recipe = actorCriticRecipes.find((one) => one.name === name)!;
  const values = resolveOptions(recipe.options, recipe.preset.options, new Map(Object.entries(set)));
  return recipe.build(values, { engine, seed: 1, steps });
}

describe.each([
  ['cart-pole-a2c', 'rollout-steps'],
  ['cart-pole-reinforce', 'longest'],
])('%s', (name, length) => {
  it('learns turn by step', async () => {
    const { learner, events } = build(name, { ...small, [length]: '8' }, 3);
    const before = flattenTree(learner.save().tensors).get('agent/weights/policy/0/kernel')!.data.slice();
    const run = new Run();
    const { last } = await run.done(events(run));
    expect(last).toMatchObject({ index: 2, player: 'agent' });
    expect(last!.values).toHaveProperty('policyLoss');
    expect(flattenTree(learner.save().tensors).get('agent/weights/policy/0/kernel')!.data).not.toEqual(
      before,
    );
    learner.close();
  });

  it.each([
    ['gamma', '1.1', 'set gamma: expected a finite number from 0 to 1, got 1.1'],
    ['num-envs', '0', 'set num-envs: expected a whole number from 1 to 4096, got 0'],
    [length, '0', `set ${length}: expected a whole number from 1 to 65536, got 0`],
  ])('refuses %s=%s', (option, value, message) => {
    expect(() => build(name, { [option]: value })).toThrow(new RangeError(message));
  });
});

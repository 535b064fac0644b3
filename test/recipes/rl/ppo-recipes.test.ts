import { describe, expect, it } from 'vitest';
import { cpuEngine, flattenTree } from '../../../src/engine/index.ts';
import { resolveOptions } from '../../../src/recipes/index.ts';
import { ppoRecipes } from '../../../src/recipes/rl/ppo-recipes.ts';

const engine = await cpuEngine();

function build(name: string, set: Record<string, string> = {}) {
  const recipe = ppoRecipes.find((one) => one.name === name)!;
  const values = resolveOptions(recipe.options, recipe.preset.options, new Map(Object.entries(set)));
  return recipe.build(values, { engine, seed: 1, steps: 1 });
}

describe('the recipes of proximal policy optimisation', () => {
  it.each([
    ['cart-pole-ppo', 4, 2, 0],
    ['acrobot-ppo', 6, 3, 0],
    ['pendulum-ppo', 3, 1, 1],
  ])('%s has a policy for its actions', (name, numbers, outputs, deviations) => {
    const { learner } = build(name);
    const leaves = flattenTree(learner.save().tensors);
    expect(leaves.get('agent/weights/policy/0/kernel')!.shape).toEqual([numbers, 64]);
    expect(leaves.get('agent/weights/policy/4/bias')!.shape).toEqual([outputs]);
    expect(leaves.has('agent/weights/own/logDeviation')).toBe(deviations === 1);
    learner.close();
  });

  it.each([
    [
      'minibatch',
      '100',
      'set minibatch: expected a size that divides num-envs * rollout-steps, 256, got 100',
    ],
    ['epochs', '0', 'set epochs: expected a whole number from 1 to 1000, got 0'],
    ['lambda', '1.1', 'set lambda: expected a finite number from 0 to 1, got 1.1'],
    ['rate', 'fast', 'set rate: expected a number, got "fast"'],
  ])('refuse %s=%s', (name, value, message) => {
    expect(() => build('cart-pole-ppo', { [name]: value })).toThrow(new RangeError(message));
  });
});

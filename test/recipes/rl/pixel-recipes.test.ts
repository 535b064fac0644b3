import { describe, expect, it } from 'vitest';
import { cpuEngine, flattenTree } from '../../../src/engine/index.ts';
import { resolveOptions } from '../../../src/recipes/index.ts';
import { pixelRecipes } from '../../../src/recipes/rl/pixel-recipes.ts';

const engine = await cpuEngine();

function shapes(set: Record<string, string>) {
  const [recipe] = pixelRecipes;
  const values = resolveOptions(recipe!.options, recipe!.preset.options, new Map(Object.entries(set)));
  const { learner } = recipe!.build(values, { engine, seed: 1, steps: 1 });
  const paths = [...flattenTree(learner.save().tensors)].map(([path, { shape }]) => `${path} ${shape}`);
  learner.close();
  return paths;
}

describe('the recipe of an agent that sees', () => {
  it('has convolutions over the stacked pictures, and widths that --set reaches', () => {
    expect(shapes({ filters: '4', frames: '3', width: '7', depth: '2', capacity: '10' })).toEqual(
      expect.arrayContaining([
        'agent/online/0/1/kernel 3,3,3,4',
        'agent/online/0/3/kernel 3,3,4,8',
        'agent/online/0/6/kernel 72,7',
        'agent/online/0/8/kernel 7,7',
        'agent/online/1/kernel 7,3',
        'memory/before 10,432',
      ]),
    );
  });

  it('refuses none of them', () => {
    for (const name of ['filters', 'frames', 'width'])
      expect(() => shapes({ [name]: '0' })).toThrow(`set ${name}: expected a whole number from 1`);
  });
});

import { describe, expect, it } from 'vitest';
import { cpuEngine, flattenTree } from '../../../src/engine/index.ts';
import { rateAt } from '../../../src/models/index.ts';
import { resolveOptions } from '../../../src/recipes/index.ts';
import { offPolicyOptions, offPolicyParts } from '../../../src/recipes/rl/continuous-options.ts';
import { continuousRecipes } from '../../../src/recipes/rl/continuous-recipes.ts';

const engine = await cpuEngine();

function build(name: string, set: Record<string, string> = {}) {
  const recipe = continuousRecipes.find((one) => one.name === name)!;
  const values = resolveOptions(recipe.options, recipe.preset.options, new Map(Object.entries(set)));
  return recipe.build(values, { engine, seed: 1, steps: 1 });
}

describe('the recipes for continuous control', () => {
  it.each([
    ['pendulum-sac', 3, 2],
    ['mountain-car-continuous-sac', 2, 2],
    ['pendulum-td3', 3, 1],
    ['mountain-car-continuous-td3', 2, 1],
  ])('%s keeps its policy, its twin critics and its memory', (name, numbers, outputs) => {
    const { learner } = build(name, { width: '8', capacity: '100' });
    const paths = [...flattenTree(learner.save().tensors)].map(([path, { shape }]) => `${path} ${shape}`);
    expect(paths).toEqual(
      expect.arrayContaining([
        `agent/policy/4/kernel 8,${outputs}`,
        `agent/critics/first/0/kernel ${numbers + 1},8`,
        `agent/critics/second/0/kernel ${numbers + 1},8`,
        'agent/optimizer/critics/step ',
        `memory/before 100,${numbers}`,
        'memory/actions 100,1',
      ]),
    );
    learner.close();
  });

  it.each([
    ['temperature', '0', 'set temperature: expected a finite number from 1e-9, got 0'],
    ['n-step', '0', 'set n-step: expected a whole number from 1 to 65536, got 0'],
    ['learn-temperature', 'maybe', 'set learn-temperature: expected one of yes, no, got "maybe"'],
  ])('refuse %s=%s', (name, value, message) => {
    expect(() => build('pendulum-sac', { [name]: value })).toThrow(new RangeError(message));
  });

  it('let beta rise to 1, and give both networks their widths', () => {
    const given = new Map([
      ['beta-over', '10'],
      ['width', '7'],
      ['depth', '3'],
    ]);
    const { beta, network } = offPolicyParts(resolveOptions(offPolicyOptions, {}, given));
    expect([0, 5, 10, 20].map((index) => rateAt(beta, index))).toEqual([0.4, 0.7, 1, 1]);
    expect(network.hidden).toEqual([7, 7, 7]);
  });
});

import * as tf from '@tensorflow/tfjs-core';
import { lastValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { cpuEngine, flattenTree } from '../../../src/engine/index.ts';
import { resolveOptions } from '../../../src/recipes/index.ts';
import { dqnRecipes } from '../../../src/recipes/rl/dqn-recipes.ts';
import { Run } from '../../../src/streams/index.ts';

const engine = await cpuEngine();

function build(name: string, set: Record<string, string> = {}) {
  const recipe = dqnRecipes.find((one) => one.name === name)!;
  const values = resolveOptions(recipe.options, recipe.preset.options, new Map(Object.entries(set)));
  return recipe.build(values, { engine, seed: 1, steps: 1 });
}

describe('the recipes of deep Q-networks', () => {
  it.each(dqnRecipes.map(({ name }) => name))('%s keeps its networks and its memory', (name) => {
    const { learner } = build(name, { width: '8', capacity: '100' });
    const paths = [...flattenTree(learner.save().tensors)].map(([path, { shape }]) => `${path} ${shape}`);
    const [numbers, actions] = name === 'cart-pole-dqn' ? [4, 2] : [2, 3];
    expect(paths).toEqual(
      expect.arrayContaining([
        `agent/online/0/kernel ${numbers},8`,
        `agent/target/4/kernel 8,${actions}`,
        'agent/optimizer/step ',
        `memory/before 100,${numbers}`,
        'memory/cursor 2',
      ]),
    );
    learner.close();
  });

  it('take dueling networks and priorities where they are asked for', () => {
    const { learner } = build('cart-pole-dqn', { dueling: 'yes', prioritised: 'yes', capacity: '50' });
    const leaves = flattenTree(learner.save().tensors);
    expect(leaves.get('agent/online/4/advantage/kernel')!.shape).toEqual([64, 2]);
    expect(leaves.get('memory/priorities')!.shape).toEqual([50]);
    learner.close();
  });

  it.each([
    ['yes', true],
    ['no', false],
  ])('let the online network choose the action of the target with double=%s', async (double, chooses) => {
    const few = { width: '4', depth: '1', capacity: '100', warmup: '0', minibatch: '8' };
    const { learner, events } = build('cart-pole-dqn', { ...few, double });
    const { kernelNames } = await tf.profile(async () => {
      await lastValueFrom(events(new Run()));
      return {};
    });
    expect(kernelNames.includes(tf.ArgMax)).toBe(chooses);
    learner.close();
  });

  it.each([
    ['capacity', '0', 'set capacity: expected a whole number from 1 to 67108864, got 0'],
    ['rate', '-1', 'set rate: expected a finite number from 0, got -1'],
    ['num-envs', '0', 'set num-envs: expected a whole number from 1 to 4096, got 0'],
    ['double', 'maybe', 'set double: expected one of yes, no, got "maybe"'],
    ['target-period', '1.5', 'set target-period: expected a whole number from 1, got 1.5'],
  ])('refuse %s=%s', (name, value, message) => {
    expect(() => build('cart-pole-dqn', { [name]: value })).toThrow(new RangeError(message));
  });
});

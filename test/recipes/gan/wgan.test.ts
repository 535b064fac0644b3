import { expect, it } from 'vitest';
import { grid25, shapes } from '../../../src/data/index.ts';
import { keyOf } from '../../../src/engine/index.ts';
import { wganRecipe as recipe } from '../../../src/recipes/gan/wgan.ts';
import { resolveSettings } from '../../../src/recipes/index.ts';

it.each([
  ['points', grid25()],
  ['images', shapes({ side: 16 })],
])('builds the system for %s with the preset of their kind', (_, dataset) => {
  const { system, schedule } = recipe.build(resolveSettings(recipe, dataset, {}).options, dataset);
  expect(system).toMatchObject({ name: 'wgan', players: ['critic', 'generator'] });
  expect(system.sampler.name).toBe('wgan/sampler');
  expect(Object.keys(system.init(keyOf(1)))).toEqual(
    expect.arrayContaining(['critic', 'generator', 'optimizer']),
  );
  expect(schedule).toBeTypeOf('function');
});

it('averages the generator only where asked', () => {
  const branches = (average: number) => {
    const { options } = resolveSettings(recipe, grid25(), { set: new Map([['average', average]]) });
    return Object.keys(recipe.build(options, grid25()).system.init(keyOf(1)));
  };
  expect(branches(0.9)).toContain('average');
  expect(branches(0)).not.toContain('average');
});

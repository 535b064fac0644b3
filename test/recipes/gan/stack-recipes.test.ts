import { describe, expect, it } from 'vitest';
import { type Dataset, ring8, scenes, shapes, swissRoll } from '../../../src/data/index.ts';
import { findRecipe, type GanRecipe, resolveSettings } from '../../../src/recipes/index.ts';
import type { PhasedSchedule } from '../../../src/streams/index.ts';
import { optionsWithoutEffect } from '../every-option.ts';
import { trainsFor } from '../trains-for.ts';
import { otherUpdates, updateBase } from '../update-options.ts';

const recipeOf = (name: string) => findRecipe(name) as GanRecipe;
const build = (name: string, dataset: Dataset, set: Readonly<Record<string, string>> = {}) => {
  const recipe = recipeOf(name);
  return recipe.build(
    resolveSettings(recipe, dataset, { set: new Map(Object.entries(set)) }).options,
    dataset,
  );
};
const planOf = (...given: Parameters<typeof build>) => (build(...given).schedule as PhasedSchedule).text;

const other = {
  'critic-rate': 0.02,
  'generator-rate': 0.02,
  beta1: 0.3,
  beta2: 0.7,
  average: 0.5,
};

describe('stacked-gan', () => {
  const small = { 'encoder-steps': '1', 'apart-steps': '4', width: '8', filters: '2' };

  it('learns from every kind of data that it knows, in all phases', async () => {
    const set = new Map(Object.entries(small));
    const all = await trainsFor(recipeOf('stacked-gan'), 9, { set });
    expect(all).toHaveLength(2);
    for (const { system, values } of all) {
      expect(system).toBe('stacked-gan');
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  it('has no option that reaches nothing', () => {
    const others = {
      ...otherUpdates,
      ...other,
      'encoder-rate': 0.02,
      'encoder-steps': 7,
      'apart-steps': 9,
      entropy: 1,
      conditional: 2,
      features: 5,
      latent: 3,
      width: 5,
      depth: 1,
    };
    const base = { ...updateBase, width: 4, depth: 2, features: 4, latent: 2 };
    expect(optionsWithoutEffect(recipeOf('stacked-gan'), ring8(), base, others)).toEqual({
      without: [],
      missing: ['filters'],
    });
    const images = { ...base, filters: 2 };
    expect(
      optionsWithoutEffect(recipeOf('stacked-gan'), shapes({ side: 16 }), images, { filters: 3 }).without,
    ).toEqual([]);
  });

  it('has the phases of its options', () => {
    expect(planOf('stacked-gan', ring8(), { 'encoder-steps': '5' })).toBe('encoder 5, apart 8000, together');
  });

  it.each([
    [swissRoll(), 'data: expected data with classes, got swiss-roll, which has none'],
    [
      { ...shapes({ side: 16 }), name: 'odd', shape: [20, 20, 3] },
      'data: expected square images of 8, 16, 28, 32, 64 pixels, got odd of 20x20',
    ],
  ])('refuses other data (%#)', (dataset, message) => {
    expect(() => build('stacked-gan', dataset)).toThrow(new RangeError(message));
  });
});

describe('style-structure', () => {
  const small = { 'reader-steps': '1', 'structure-steps': '2', 'style-steps': '2', filters: '2' };

  it('learns from scenes in all phases', async () => {
    const set = new Map(Object.entries(small));
    for (const { system, values } of await trainsFor(recipeOf('style-structure'), 9, {
      images: scenes({ side: 16 }),
      set,
    })) {
      expect(system).toBe('style-structure');
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  it('has no option that reaches nothing', () => {
    const others = {
      ...otherUpdates,
      ...other,
      'reader-rate': 0.02,
      'joint-rate': 0.02,
      'reader-steps': 7,
      'structure-steps': 8,
      'style-steps': 9,
      normals: 2,
      through: 0.5,
      latent: 3,
      'style-latent': 3,
      filters: 3,
    };
    const base = { ...updateBase, latent: 2, 'style-latent': 2, filters: 2 };
    expect(optionsWithoutEffect(recipeOf('style-structure'), scenes({ side: 16 }), base, others)).toEqual({
      without: [],
      missing: [],
    });
  });

  it('has the phases of its options', () => {
    expect(planOf('style-structure', scenes({ side: 16 }), { 'style-steps': '5' })).toBe(
      'reader of normals 700, structure 4000, style 5, together',
    );
  });

  it('refuses data without normals', () => {
    expect(() => build('style-structure', shapes({ side: 16 }))).toThrow(
      new RangeError('data: expected colour images with normals (scenes), got shapes:16'),
    );
  });
});

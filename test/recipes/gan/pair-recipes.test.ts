import { describe, expect, it } from 'vitest';
import { type Dataset, ring8, scenes, shapes, swissRoll, unpaired } from '../../../src/data/index.ts';
import { fold, keyOf } from '../../../src/engine/index.ts';
import { sampleKey } from '../../../src/models/index.ts';
import { findRecipe, type GanRecipe, resolveSettings } from '../../../src/recipes/index.ts';
import { optionsWithoutEffect } from '../every-option.ts';
import { trainsFor } from '../trains-for.ts';
import { otherUpdates, updateBase } from '../update-options.ts';

const recipeOf = (name: string) => findRecipe(name) as GanRecipe;
const sets = {
  points: unpaired(ring8(), swissRoll()),
  images: unpaired(scenes({ side: 16 }), shapes({ side: 16 })),
};
const build = (name: string, dataset: Dataset, set: Readonly<Record<string, string>> = {}) => {
  const recipe = recipeOf(name);
  return recipe.build(
    resolveSettings(recipe, dataset, { set: new Map(Object.entries(set)) }).options,
    dataset,
  );
};

const small = { filters: 2, beta1: 0.5 };
const other = {
  'critic-rate': 0.02,
  'generator-rate': 0.02,
  beta1: 0.3,
  beta2: 0.7,
  average: 0.5,
  filters: 3,
};

describe('pix2pix', () => {
  it('learns from scenes, whose normals are the sources', async () => {
    const set = new Map([['filters', '2']]);
    for (const { system, values } of await trainsFor(recipeOf('pix2pix'), 3, {
      images: scenes({ side: 16 }),
      set,
    })) {
      expect(system).toBe('pix2pix');
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  it('has no option that reaches nothing', () => {
    const others = {
      ...other,
      ...otherUpdates,
      generator: 'u-net',
      distance: 10,
      noise: 2,
      normalisation: 'instance',
    };
    const base = { ...small, ...updateBase, generator: 'u-net' };
    const found = optionsWithoutEffect(recipeOf('pix2pix'), scenes({ side: 16 }), base, {
      ...others,
      generator: 'plain',
    });
    expect(found).toEqual({ without: [], missing: [] });
  });

  it('takes plain convolutions for small images, and a U-Net for others', () => {
    const kernels = (side: 16 | 32, generator = 'by-side') => {
      const { system } = build('pix2pix', scenes({ side }), { filters: '2', generator });
      const { generator: made } = system.init(keyOf(1)) as { generator: { weights: object } };
      return JSON.stringify(made.weights).length;
    };
    expect(kernels(16)).toBe(kernels(16, 'plain'));
    expect(kernels(32)).toBe(kernels(32, 'u-net'));
    expect(kernels(32)).not.toBe(kernels(32, 'plain'));
  });

  it('shows sources before, and the truth behind, of the very samples', () => {
    const dataset = scenes({ side: 16 });
    const { system, beside } = build('pix2pix', dataset, { filters: '2' });
    const key = sampleKey(5);
    const { before, after } = beside!(6, key);
    expect(before).toEqual([system.samplerInputs(6, key).source]);
    expect(after[0]!.shape).toEqual([6, 16, 16, 3]);
    expect(after).not.toEqual(beside!(6, sampleKey(6)).after);
    expect(fold(key, 'source')).not.toEqual(key);
  });

  it.each([
    [
      shapes({ side: 16 }),
      'data: expected pairs (pairs:DIR), or scenes, whose normals are the sources, got shapes:16',
    ],
    [
      { ...scenes({ side: 16 }), name: 'flat', shape: [4, 16, 3] },
      'data: expected images of at least 8 pixels a side, got flat of 16x4',
    ],
    [
      { ...scenes({ side: 16 }), parts: { source: [8, 8, 3] } },
      'data: expected sources and examples of equal sides, got [8,8,3] and [16,16,3]; a size behind ' +
        'the folder scales both (pairs:DIR,N)',
    ],
  ])('refuses other data (%#)', (dataset, message) => {
    expect(() => build('pix2pix', dataset)).toThrow(new RangeError(message));
  });
});

describe('cycle-gan', () => {
  it('learns from every kind of data that it knows', async () => {
    const set = new Map([
      ['width', '8'],
      ['filters', '2'],
    ]);
    const all = await trainsFor(recipeOf('cycle-gan'), 4, { ...sets, set });
    expect(all).toHaveLength(2);
    for (const { system, values } of all) {
      expect(system).toBe('cycle-gan');
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  it('has no option that reaches nothing', () => {
    const others = { ...other, ...otherUpdates, cycle: 5, identity: 0.5, history: 0 };
    const images = optionsWithoutEffect(
      recipeOf('cycle-gan'),
      sets.images,
      { ...small, history: 4 },
      { filters: 3, blocks: 1, normalisation: 'instance' },
    );
    expect(images.without).toEqual([]);
    const { filters: _, ...ofPoints } = others;
    const points = optionsWithoutEffect(
      recipeOf('cycle-gan'),
      sets.points,
      { ...updateBase, width: 4, depth: 1, history: 4 },
      { ...ofPoints, width: 5, depth: 2 },
    );
    expect(points).toEqual({ without: [], missing: ['filters', 'blocks', 'normalisation'] });
  });

  it('makes the first set out of the second, which is shown before', () => {
    const { system, beside } = build('cycle-gan', sets.images, { filters: '2' });
    const key = sampleKey(1);
    expect(beside!(3, key)).toEqual({ before: [system.samplerInputs(3, key).a], after: [] });
  });

  it('refuses data without a second set', () => {
    expect(() => build('cycle-gan', ring8())).toThrow(
      new RangeError('data: expected two sets beside each other (unpaired:A+B), got ring8'),
    );
  });

  it.each([
    [shapes({ side: 32 }), '[16,16,3] and [32,32,3]'],
    [ring8(), '[16,16,3] and [2]'],
  ])('refuses a second set of another form (%#)', (second, forms) => {
    expect(() => build('cycle-gan', unpaired(shapes({ side: 16 }), second))).toThrow(
      new RangeError(`data: expected two sets of points, or of images of equal sides, got ${forms}`),
    );
  });
});

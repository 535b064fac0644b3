import { describe, expect, it } from 'vitest';
import { openDataset } from '../../src/data/index.ts';
import { flattenTree, keyOf, Value } from '../../src/engine/index.ts';
import type { SampleRequest, System } from '../../src/models/index.ts';
import { sampleInputs } from '../../src/models/sample-inputs.ts';
import { type GanRecipe, recipes, resolveSettings } from '../../src/recipes/index.ts';

const gans = recipes.filter((recipe): recipe is GanRecipe => recipe.kind === 'gan');
const needsFiles = (data: string) => data.startsWith('idx:');

async function systemOf(recipe: GanRecipe): Promise<System> {
  const dataset = await openDataset(needsFiles(recipe.data) ? 'shapes:16' : recipe.data);
  const { options } = resolveSettings(recipe, dataset, {});
  return recipe.build(options, dataset).system;
}

const key = keyOf(3, 'samples');
const rowsOf = ({ shape, data }: Value, from: number, to: number) => {
  const each = data.length / shape[0]!;
  return data.slice(from * each, to * each);
};

describe('the inputs of the sampler of every recipe', () => {
  it.each(gans.map((recipe) => [recipe.name, recipe] as const))(
    '%s: a row depends on the key and its number alone',
    async (_name, recipe) => {
      const system = await systemOf(recipe);
      const all = flattenTree(system.samplerInputs(13, key));
      const some = flattenTree(system.samplerInputs(6, key, 7));
      expect([...some.keys()]).toEqual([...all.keys()]);
      for (const [name, value] of some) {
        expect(value.shape, name).toEqual([6, ...all.get(name)!.shape.slice(1)]);
        expect(value.data, name).toEqual(rowsOf(all.get(name)!, 7, 13));
      }
    },
  );

  it.each(gans.map((recipe) => [recipe.name, recipe] as const))(
    '%s: noise is what it says, [count, size]',
    async (_name, recipe) => {
      const system = await systemOf(recipe);
      const inputs = flattenTree(system.samplerInputs(3, key));
      for (const [name, { size }] of Object.entries(system.noise ?? {}))
        expect(inputs.get(name)?.shape, name).toEqual([3, size]);
      const others = [...inputs].filter(([name]) => system.noise?.[name] === undefined);
      // What no noise declares is a class, a text or a source: the same for another key, or data.
      for (const [name] of others) expect(['condition', 'label', 'text', 'source', 'a']).toContain(name);
    },
  );
});

describe('sampleInputs', () => {
  const find = (name: string) => systemOf(gans.find((recipe) => recipe.name === name)!);

  it('takes noise in place of what is drawn, and draws the rest', async () => {
    const lapgan = await find('lapgan');
    const size = lapgan.noise!.noise!.size;
    const latent = { noise: Value.filled([2, size], 0.25) };
    const drawn = flattenTree(sampleInputs(lapgan, 2, key));
    const inputs = flattenTree(sampleInputs(lapgan, 2, key, { latent }));
    expect(inputs.get('noise')).toBe(latent.noise);
    expect([...inputs.keys()]).toEqual([...drawn.keys()]);
    for (const [name, { data }] of inputs)
      if (name !== 'noise') expect(data, name).toEqual(drawn.get(name)!.data);
  });

  it('truncates normal noise only', async () => {
    const { noise } = (await find('info-gan')).noise!;
    const at = (request: SampleRequest) => async () =>
      (sampleInputs(await find('info-gan'), 50, key, request) as { noise: Value }).noise.data;
    const [plain, truncated] = [await at({})(), await at({ truncation: 0.5 })()];
    const changed = [...truncated].map((z, i) => z !== plain[i]);
    const normal = (i: number) => i % noise!.size < noise!.normal!;
    expect(changed.filter((is, i) => is && !normal(i))).toEqual([]);
    expect([...truncated].filter((z, i) => normal(i) && Math.abs(z) > 0.5)).toEqual([]);
  });

  const row = (...shape: number[]) => ({ noise: Value.filled(shape, 0) });
  it.each<[string, SampleRequest, string]>([
    ['gan', { latent: row(2, 3) }, 'latent noise: expected rows of 2 numbers, as gan takes, got [2,3]'],
    ['gan', { latent: row(3, 2) }, 'latent noise: expected 2 rows, got 3'],
    ['gan', { latent: { z: Value.filled([2, 2], 0) } }, 'latent: expected one of noise, got "z"'],
    [
      'gan',
      { latent: { noise: Value.filled([2, 2], Number.NaN) } },
      'expected finite numbers, got NaN in row 0',
    ],
    ['gan', { latent: row(2, 2), truncation: 1 }, 'truncation: expected without latent'],
    ['gan', { label: 1 }, 'class: expected none for gan'],
    ['cycle-gan', { latent: row(2, 2) }, 'latent: expected none for cycle-gan, which takes no noise'],
    ['cycle-gan', { truncation: 1 }, 'truncation: expected none for cycle-gan, which takes no normal noise'],
    [
      'stacked-gan',
      { truncation: 1 },
      'truncation: expected none for stacked-gan, which takes no normal noise',
    ],
  ])('%s refuses %j', async (name, request, message) => {
    const system = await find(name);
    expect(() => sampleInputs(system, 2, key, request)).toThrow(message);
  });
});

import { take, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { heldImages } from '../../../src/data/held-images.ts';
import { type Dataset, ring8, shapes, shuffled, unpaired, withCaptions } from '../../../src/data/index.ts';
import { onnxEngine, Value } from '../../../src/engine/index.ts';
import { type Saved, train } from '../../../src/models/index.ts';
import { textRecipes } from '../../../src/recipes/gan/text-recipes.ts';
import { findRecipe, type GanRecipe, resolveSettings } from '../../../src/recipes/index.ts';
import { isPhased, pump, Run, type StepEvent } from '../../../src/streams/index.ts';

const engine = await onnxEngine();
const data: Readonly<Record<string, Dataset>> = { 'text-gan': shapes({ side: 16 }), 'stack-gan': shapes() };
const small = {
  reader: 'bag-of-words',
  filters: 2,
  latent: 2,
  'reader-size': 4,
  'reader-steps': 3,
  'stage-one-steps': 4,
};

function build(recipe: GanRecipe, set: Readonly<Record<string, string | number>> = {}, dataset?: Dataset) {
  const known = Object.entries(small).filter(([name]) => name in recipe.options);
  const given = Object.entries({ ...Object.fromEntries(known), ...set });
  const learned = dataset ?? data[recipe.name]!;
  const { options } = resolveSettings(recipe, learned, {
    batch: 1,
    set: new Map(given.map(([name, value]) => [name, `${value}`])),
  });
  return { ...recipe.build(options, learned), dataset: learned };
}

/** The events of the steps up to one, from a state on, and the state then. */
async function learned({ system, schedule, dataset }: ReturnType<typeof build>, to: number, from?: Saved) {
  const plan = isPhased(schedule) ? schedule.text : undefined;
  const trainer = train(system, engine, { seed: 1, ...(plan !== undefined && { plan }) });
  if (from !== undefined) trainer.restore(from);
  const events: StepEvent[] = [];
  const run = new Run();
  await run.done(
    pump(shuffled(dataset, { size: 6, seed: 1, start: trainer.index }), run).pipe(
      schedule,
      take(to - trainer.index),
      trainer.learn(run.gate),
      tap((event) => events.push(event)),
    ),
  );
  const saved = trainer.save();
  const samples = await trainer.sample(3);
  trainer.close();
  return { events, saved, samples };
}

describe.each(textRecipes.map((recipe) => [recipe.name, recipe] as const))('%s', (name, recipe) => {
  it('learns in its phases, and what the reader has learned stays as it is', async () => {
    const { events } = await learned(build(recipe), 11);
    expect(events.slice(0, 3).map(({ player }) => player)).toEqual(['reader', 'reader', 'reader']);
    const phases = [...new Set(events.map(({ phase }) => phase!.name))];
    expect(phases).toEqual(name === 'text-gan' ? ['reader', 'pictures'] : ['reader', 'stage I', 'stage II']);
    const values = events.flatMap((event) => Object.values(event.values));
    expect(values.every((number) => Number.isFinite(number))).toBe(true);
    const early = (await learned(build(recipe), 3)).saved.tensors;
    const late = (await learned(build(recipe), 11)).saved.tensors;
    expect(late.reader).toEqual(early.reader);
    expect(late.viewer).toEqual(early.viewer);
  });

  it('goes on to the same bits from before, at and behind each border', async () => {
    const whole = await learned(build(recipe), 11);
    for (const stop of [2, 3, 4, 6, 7, 8]) {
      const half = await learned(build(recipe), stop);
      const rest = await learned(build(recipe), 11, half.saved);
      expect(rest.saved, `stopped at ${stop}`).toEqual(whole.saved);
      expect(rest.samples).toEqual(whole.samples);
    }
  });

  it('refuses a state of another plan', async () => {
    const { saved } = await learned(build(recipe), 2);
    const other = build(recipe, { 'reader-steps': 5 });
    await expect(learned(other, 3, saved)).rejects.toThrow(
      /^restore: plan: expected "reader 5, .*got "reader 3/,
    );
  });

  it('has no reader to teach where it counts words, and reads embeddings where there are some', async () => {
    const counted = build(recipe, { reader: 'word-counts' });
    expect(counted.system.players).not.toContain('reader');
    const [side] = counted.dataset.shape as [number];
    const images = heldImages({
      name: 'held',
      shape: [side, side, 3],
      pixels: new Uint8Array(8 * side * side * 3).map((_, i) => i % 251),
    });
    const embedding = (count: number) => Value.filled([count, 5], 0.5);
    const embedded: Dataset = {
      ...images,
      parts: { embedding: [5] },
      read: (indices) => ({ ...images.read(indices), parts: { embedding: embedding(indices.length) } }),
    };
    const { events } = await learned(build(recipe, {}, embedded), 3);
    expect(events.map(({ player }) => player)).not.toContain('reader');
  });

  it('hears the order of words by the recurrent reader', async () => {
    const { saved } = await learned(build(recipe, { reader: 'gru' }), 4);
    expect(saved.tensors.reader).toHaveProperty('weights.update.recurrent');
  });

  it('refuses data without captions, of points, and of other sides', () => {
    const [side] = data[name]!.shape as [number];
    const bare = unpaired(shapes({ side: 16 }), shapes({ side: 16 }));
    const { parts: _, ...silent } = { ...bare, shape: [side, side, 3], name: 'silent' };
    expect(() => build(recipe, {}, silent)).toThrow(
      'data: expected data with captions or embeddings, got silent, which has neither',
    );
    expect(() => build(recipe, {}, ring8())).toThrow(`data: expected images for recipe ${name}`);
    const wide = heldImages({ name: 'wide', shape: [2, 4, 1], pixels: new Uint8Array(8) });
    expect(() => build(recipe, {}, withCaptions(wide, [['a']]))).toThrow('got wide of 4x2');
  });
});

it('text-gan takes the description in by either head, and INT by its weight', async () => {
  const recipe = findRecipe('text-gan') as GanRecipe;
  const { events } = await learned(build(recipe, { head: 'concat', interpolated: 1, wrong: 0 }), 6);
  expect(events[3]!.values).not.toHaveProperty('wrongScore');
  expect(events[4]!.values).toHaveProperty('interpolatedScore');
});

import { take, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Dataset, grid25, ring8, shapes, shuffled, swissRoll } from '../../../src/data/index.ts';
import { keyOf, onnxEngine } from '../../../src/engine/index.ts';
import { gan, layerNorm, nonSaturating, type Saved, train } from '../../../src/models/index.ts';
import { fewLabels } from '../../../src/recipes/gan/few-labels.ts';
import {
  bodiesOf,
  classesOf,
  type GanValues,
  ganOptions,
  ganRecipe,
  settingsOf,
} from '../../../src/recipes/gan/gan-options.ts';
import { findRecipe, type GanRecipe, resolveSettings } from '../../../src/recipes/index.ts';
import { resolveOptions } from '../../../src/recipes/option.ts';
import { gated, pump, Run } from '../../../src/streams/index.ts';

const values = (given: Record<string, number | string> = {}): GanValues =>
  resolveOptions(ganOptions, given, new Map());

describe('bodiesOf', () => {
  it('makes dense networks for points and convolutional ones for images, with what is put in', () => {
    const points = bodiesOf(values({ width: 5, depth: 1 }), ring8());
    expect(points.generator().init(keyOf(1), [2]).shape).toEqual([2]);
    const paths = Object.keys(points.critic({ normalisation: layerNorm }).init(keyOf(1), [2]).weights);
    expect(paths).toEqual(['0', '1', '3']);
    const images = bodiesOf(values({ filters: 4 }), shapes({ side: 16 }));
    const { shape } = images.generator().init(keyOf(1), [8]);
    expect(shape.slice(0, 2)).toEqual([16, 16]);
    expect(images.critic().init(keyOf(1), shape).shape).toEqual([1]);
  });

  it('refuses images of another size', () => {
    expect(() => bodiesOf(values(), shapes({ side: 64 }))).toThrow(
      'data: expected square images of 16, 28 or 32 pixels, got shapes:64 of 64x64',
    );
  });
});

describe('settingsOf', () => {
  it('has the rates of the options, falling where asked, and an average only where asked', () => {
    const { optimizers, average } = settingsOf(
      values({ 'critic-rate': 0.5, 'decay-to': 10, 'generator-rate': 2 }),
      ring8(),
    );
    expect((optimizers.critic.rate as (step: number) => number)(5)).toBe(0.25);
    expect((optimizers.generator.rate as (step: number) => number)(5)).toBe(1);
    expect(average).toBeUndefined();
    expect(settingsOf(values({ average: 0.9 }), ring8()).average).toBe(0.9);
  });
});

describe('classesOf', () => {
  it('counts the classes, and refuses data without', () => {
    expect(classesOf(grid25())).toBe(25);
    expect(() => classesOf(swissRoll())).toThrow(
      'data: expected data with classes, got swiss-roll, which has none',
    );
  });
});

describe('ganRecipe', () => {
  const recipe = ganRecipe({
    name: 'own',
    summary: 'a recipe of our own making',
    paper: 'Nobody, Nothing, arXiv:0000.00000',
    options: {},
    presets: { points: { steps: 7, options: { width: 3 } }, images: undefined },
    build: (_, { critic, generator, ...settings }) =>
      gan({ critic: critic(), generator: generator(), loss: nonSaturating(), ...settings }),
  });

  it('has the shared presets but for its own values', () => {
    const settings = resolveSettings(recipe, ring8(), {});
    expect(settings).toMatchObject({ steps: 7, batch: 128, options: { width: 3, depth: 3, latent: 2 } });
    const { system, schedule } = recipe.build(settings.options as never, ring8());
    expect(system.name).toBe('gan');
    expect(schedule).toBeTypeOf('function');
  });

  it('refuses kinds of data that it does not know', () => {
    expect(() => resolveSettings(recipe, shapes({ side: 16 }), {})).toThrow(
      'data: expected points for recipe own',
    );
  });
});

describe('a gated critic', () => {
  /** Who moved in some steps from a checkpoint on, and the state behind them. */
  async function course(steps: number, saved?: Saved) {
    const { options } = resolveSettings(findRecipe('gan') as GanRecipe, ring8(), {
      set: new Map([
        ['critic-below', '0.6'],
        ['width', '8'],
        ['critic-rate', '0.02'],
      ]),
    });
    const { system, schedule, gates } = (findRecipe('gan') as GanRecipe).build(options, ring8());
    const trainer = train(system, await onnxEngine(), { seed: 1 });
    if (saved !== undefined) trainer.restore({ ...saved, state: JSON.parse(JSON.stringify(saved.state)) });
    const players: string[] = [];
    const run = new Run();
    await run.done(
      pump(shuffled(ring8(), { size: 32, seed: 1, start: trainer.index }), run).pipe(
        schedule,
        gated(gates!, trainer.latest),
        take(steps),
        trainer.learn(run.gate),
        tap(({ player }) => players.push(player)),
      ),
    );
    const state = trainer.save();
    trainer.close();
    return { players, state };
  }

  it('waits while it is ahead, and goes on exactly after a stop', async () => {
    const whole = await course(60);
    expect(whole.players.filter((player) => player === 'critic').length).toBeLessThan(28);
    expect(whole.players.filter((player) => player === 'critic').length).toBeGreaterThan(2);
    const first = await course(31);
    const second = await course(29, first.state);
    expect([...first.players, ...second.players]).toEqual(whole.players);
    expect(second.state).toEqual(whole.state);
  });
});

describe('few labels', () => {
  it('takes as many examples of each class, always the same', () => {
    const { examples, labels } = fewLabels(shapes({ side: 16 }), 2);
    const classes = shapes({ side: 16 }).classes!.length;
    expect(examples.shape).toEqual([2 * classes, 16, 16, 3]);
    expect([...labels.data]).toEqual(Array.from({ length: 2 * classes }, (_, i) => i >> 1));
    expect(fewLabels(shapes({ side: 16 }), 2)).toEqual({ examples, labels });
  });

  it('needs labels', () => {
    const bare: Dataset = {
      ...ring8(),
      name: 'bare',
      read: (indices) => ({ examples: ring8().read(indices).examples }),
    };
    expect(() => fewLabels(bare, 2)).toThrow('data: expected data with labels, got bare, which has none');
  });
});

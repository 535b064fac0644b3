import { take, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type Dataset, grid25, ring8, shapes, shuffled, swissRoll } from '../../../src/data/index.ts';
import { flattenTree, keyOf, onnxEngine } from '../../../src/engine/index.ts';
import { gan, type Layer, layerNorm, nonSaturating, type Saved, train } from '../../../src/models/index.ts';
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

  const photographs = (height: number, width: number, channels = 3): Dataset => ({
    ...shapes({ side: 16 }),
    name: 'photographs',
    shape: [height, width, channels],
  });

  it('takes images of any sides from 8 to 256 pixels that are multiples of 4, or can be halved', () => {
    const shapeOf = (given: Record<string, number | string>, height: number, width: number, channels = 3) =>
      bodiesOf(values({ filters: 2, depth: 0, ...given }), photographs(height, width, channels))
        .generator()
        .init(keyOf(1), [8]).shape;
    expect(shapeOf({}, 64, 48)).toEqual([64, 48, 3]);
    expect(shapeOf({}, 12, 256, 4)).toEqual([12, 256, 4]);
    expect(shapeOf({ depth: 1 }, 10, 14)).toEqual([10, 14, 3]);
    expect(shapeOf({ widths: '3,5' }, 8, 8)).toEqual([8, 8, 3]);
    expect(shapeOf({ network: 'residual' }, 20, 8)).toEqual([20, 8, 3]);
  });

  it.each([
    [
      photographs(30, 40),
      {},
      'data: expected images with sides from 8 to 256 pixels that are multiples of 4, got photographs ' +
        'of 30x40; a size behind the name scales (folder:DIR,32x40)',
    ],
    [photographs(32, 32, 5), {}, 'data: expected images of 1 to 4 channels, got photographs of 5'],
    [
      photographs(32, 32),
      { depth: 6 },
      'set depth: expected at most 5, as often as 32 and 32 can be halved, got 6',
    ],
    [
      photographs(32, 32),
      { widths: '4,8,16,32,64,64' },
      'set widths: expected at most 5 numbers, as often as 32 and 32 can be halved, got 4,8,16,32,64,64',
    ],
    [
      photographs(32, 32),
      { network: 'residual', 'kernel-size': 3 },
      'set kernel-size: expected 0 with network=residual, got 3',
    ],
    [ring8(), { depth: 0 }, 'set depth: expected a whole number from 1, got 0'],
  ])('refuses %#', (dataset, given, message) => {
    expect(() => bodiesOf(values({ depth: 0, ...given }), dataset).critic()).toThrow(message);
  });

  it.each([
    ['network', 'residual'],
    ['widths', '4'],
    ['kernel-size', 3],
    ['downsampling', 'average'],
    ['upsampling', 'nearest'],
    ['critic-normalisation', 'layer'],
    ['generator-normalisation', 'none'],
  ])('takes %s for images, and refuses it for points', (option, value) => {
    const base = { filters: 2, depth: 2 };
    const networks = (given: Record<string, number | string>) => {
      const { critic, generator } = bodiesOf(values({ ...base, ...given }), photographs(8, 8));
      const describe = (layer: Layer, shape: readonly number[]) => {
        const initial = layer.init(keyOf(1), shape);
        const leaves = [...flattenTree(initial.weights), ...flattenTree(initial.buffers)];
        return leaves.map(([path, leaf]) => `${path} ${leaf.shape}`);
      };
      return { critic: describe(critic(), [8, 8, 3]), generator: describe(generator(), [3]) };
    };
    const [before, after] = [networks({}), networks({ [option]: value })];
    const changes = (['critic', 'generator'] as const).filter(
      (player) => before[player].join() !== after[player].join(),
    );
    const reached = { downsampling: ['critic'], upsampling: ['generator'] };
    const player = option.startsWith('critic')
      ? ['critic']
      : option.startsWith('generator')
        ? ['generator']
        : [];
    expect(changes).toEqual(
      reached[option as keyof typeof reached] ?? (player.length > 0 ? player : ['critic', 'generator']),
    );
    const { fallback } = ganOptions[option as keyof typeof ganOptions];
    expect(() => bodiesOf(values({ depth: 1, [option]: value }), ring8())).toThrow(
      new RangeError(`set ${option}: expected ${fallback}, since ring8 are points, got ${value}`),
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

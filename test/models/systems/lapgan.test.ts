import { describe, expect, it } from 'vitest';
import { flattenTree, type Tree, Value } from '../../../src/engine/index.ts';
import {
  adam,
  averagePool,
  bandGenerator,
  convCritic,
  convGenerator,
  dense,
  enlarged,
  featureMatching,
  flatten,
  gradientPenalty,
  hinge,
  type LapganOptions,
  lapgan,
  leastSquares,
  nonSaturating,
  type System,
  sequential,
  sgd,
  spectralNorm,
  train,
  wasserstein,
  zeros,
} from '../../../src/models/index.ts';
import type { StepEvent } from '../../../src/streams/index.ts';
import { both, bothNames, compute, expectClose, noise } from '../support.ts';
import { systemLaws } from './system-laws.ts';

const image = { channels: 1, filters: 3 } as const;
const optimizers = { critic: sgd({ rate: 0.05 }), generator: sgd({ rate: 0.05 }) };

const options: LapganOptions = {
  coarsest: {
    critic: convCritic({ ...image, size: 8, normalisation: undefined }),
    generator: convGenerator({ ...image, size: 8 }),
    latent: 4,
  },
  bands: ([16, 32] as const).map((size) => ({
    critic: convCritic({ ...image, size, normalisation: undefined }),
    generator: bandGenerator(image),
  })),
  optimizers,
  average: 0.9,
};
const make = (more: Partial<LapganOptions> = {}): System => lapgan({ ...options, ...more });
const batchAt = (index: number) => ({ examples: noise(`batch ${index}`, [4, 32, 32, 1], 0.5) });

systemLaws(() => make(), batchAt);

/** Branches that differ, and those of one of them by name. */
function changed(before: Tree<Value>, after: Tree<Value>): string[] {
  const others = flattenTree(after);
  const paths = [...flattenTree(before)]
    .filter(([path, { data }]) => data.some((x, i) => x !== others.get(path)!.data[i]))
    .map(([path]) =>
      path
        .split('/')
        .slice(0, path.startsWith('critic') || path.startsWith('gen') ? 1 : 2)
        .join('/'),
    );
  return [...new Set(paths)];
}

describe('lapgan', () => {
  it('has a pair of players for each side, the smallest first', () => {
    expect(make().players).toEqual([
      'critic@8',
      'generator@8',
      'critic@16',
      'generator@16',
      'critic@32',
      'generator@32',
    ]);
  });

  it("leaves all other levels as they are in a level's step, to the bit", () => {
    const adams = { critic: adam({ rate: 1e-3 }), generator: adam({ rate: 1e-3 }) };
    const trainer = train(make({ optimizers: adams }), both.onnx, { seed: 1 });
    for (const player of trainer.system.players) {
      const before = trainer.tensors();
      const { index } = trainer;
      trainer.step({ index, player, batch: batchAt(index) });
      const own = player.startsWith('critic') ? [] : [`average/${player}`];
      expect(changed(before, trainer.tensors())).toEqual([player, `optimizer/${player}`, ...own]);
    }
    trainer.close();
  });

  it('gives a level the same steps whatever the weights of the others are', () => {
    const [plain, other] = [1, 2].map((seed) => train(make(), both.onnx, { seed }));
    const level = (tensors: Tree<Value>) =>
      Object.entries(tensors).filter(([name]) => /@16$/.test(name)) as [string, Tree<Value>][];
    const mixed = {
      ...other!.tensors(),
      ...Object.fromEntries(level(plain!.tensors())),
      optimizer: plain!.tensors().optimizer!,
      average: plain!.tensors().average!,
    };
    const same = train(make(), both.onnx, { seed: 1 });
    same.restore({ ...plain!.save(), tensors: mixed });
    for (const [index, player] of ['critic@16', 'generator@16', 'critic@16'].entries())
      for (const trainer of [plain!, same]) trainer.step({ index, player, batch: batchAt(index) });
    expect(level(same.tensors())).toEqual(level(plain!.tensors()));
    expect(same.tensors()['critic@8']).not.toEqual(plain!.tensors()['critic@8']);
    for (const trainer of [plain!, other!, same]) trainer.close();
  });

  it.each(bothNames)('samples enlargements of the coarsest picture where bands are 0 (%s)', async (name) => {
    const none = bandGenerator({ ...image, kernel: zeros });
    const system = make({ bands: options.bands.map(({ critic }) => ({ critic, generator: none })) });
    const trainer = train(system, both[name], { seed: 3 });
    const samples = await trainer.sample(2);
    expect(samples.shape).toEqual([2, 32, 32, 1]);
    const small = train(make({ bands: [] }), both[name], { seed: 3 });
    const { up } = compute(
      { x: await small.sample(2) },
      ({ x }) => ({ up: enlarged(enlarged(x, 16), 32) }),
      both[name],
    );
    expectClose(samples, up, 1e-6);
    trainer.close();
    small.close();
  });

  it('makes other bands by other noise, and clips only the whole', async () => {
    const trainer = train(make(), both.onnx, { seed: 3 });
    const inputs = trainer.system.samplerInputs(2, { seed: 1 } as never) as Record<string, Value>;
    expect(Object.entries(inputs).map(([name, { shape }]) => `${name} ${shape}`)).toEqual([
      'noise 2,4',
      'noise@16 2,256',
      'noise@32 2,1024',
    ]);
    const one = await trainer.sampleFrom(inputs);
    const other = await trainer.sampleFrom({ ...inputs, 'noise@32': noise('other', [2, 1024]) });
    expect(other).not.toEqual(one);
    expect(one.data.every((pixel) => Math.abs(pixel) <= 1)).toBe(true);
    trainer.close();
  });

  it('reports what gan reports', () => {
    const trainer = train(make(), both.onnx, { seed: 3 });
    const { values } = trainer.step({ index: 0, player: 'critic@16', batch: batchAt(0) }) as StepEvent;
    expect(Object.keys(values)).toEqual(
      expect.arrayContaining(['loss', 'realScore', 'fakeScore', 'realAccuracy', 'fakeAccuracy', 'diversity']),
    );
    trainer.close();
  });

  const flat = { ...options.coarsest, generator: dense(64) };
  const blind = sequential([flatten(), dense(1)]);
  const halved = sequential([averagePool(), bandGenerator(image)]);
  it.each([
    [
      { coarsest: flat },
      'lapgan: coarsest: expected a generator of square pictures, [side, side, channels], got [64]',
    ],
    [
      { bands: [{ ...options.bands[0]!, generator: bandGenerator({ channels: 2 }) }] },
      'lapgan: level 16: expected a generator of bands of [16,16,1], got [16,16,2]',
    ],
    [{ bands: [{ ...options.bands[0]!, generator: halved }] }, 'noiseMap: expected conditions of'],
    [
      { terms: [featureMatching()], coarsest: { ...options.coarsest, critic: blind } },
      'features: expected a network that shows it',
    ],
    [{ average: 1 }, 'lapgan: average: expected a finite number from 0'],
  ])('refuses what does not fit (%#)', (wrong, message) => {
    expect(() => make(wrong)).toThrow(message);
  });

  it('refuses data of another side', () => {
    const trainer = train(make(), both.cpu);
    const examples = Value.filled([2, 28, 28, 1], 0);
    expect(() => trainer.step({ index: 0, player: 'critic@8', batch: { examples } })).toThrow(
      'lapgan: expected examples of [32,32,1], as the generator makes them, got [28,28,1]',
    );
    trainer.close();
  });
});

describe('lapgan goes with', () => {
  const losses = [nonSaturating(), hinge(), leastSquares(), wasserstein()];
  const critic = (size: 8 | 16 | 32, spectral: boolean) =>
    convCritic({ ...image, size, normalisation: undefined, ...(spectral && { constraint: spectralNorm }) });
  it.each(losses.flatMap((loss) => [false, true].map((spectral) => [loss.name, spectral, loss] as const)))(
    '%s, spectral norm: %s',
    (_, spectral, loss) => {
      const system = make({
        coarsest: { ...options.coarsest, critic: critic(8, spectral) },
        bands: options.bands.map((band, i) => ({ ...band, critic: critic(i === 0 ? 16 : 32, spectral) })),
        loss,
        penalties: loss.name === 'wasserstein' ? [gradientPenalty(10)] : [],
      });
      const trainer = train(system, both.onnx, { seed: 1 });
      for (const player of system.players) {
        const { index } = trainer;
        const { values } = trainer.step({ index, player, batch: batchAt(index) }) as StepEvent;
        expect(Object.values(values).every(Number.isFinite), player).toBe(true);
      }
      trainer.save();
      trainer.close();
    },
  );
});

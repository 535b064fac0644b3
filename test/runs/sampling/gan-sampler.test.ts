import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { type LoadedGan, loadRun } from '../../../src/runs/index.ts';
import { scratchFolder, small, weir } from '../../support/weir.ts';

const root = scratchFolder();
const [points, asked] = [join(root, 'points'), join(root, 'asked')];
const quiet = ['--no-serve', '--quiet', '--steps', '2'];

beforeAll(async () => {
  const trained = [
    await weir('train', 'wgan-gp', ...small, ...quiet, '--out', points),
    await weir('train', 'cgan', '--data', 'shapes:16', '--set', 'filters=2', ...quiet, '--out', asked),
  ];
  expect(trained.map(({ code, stderr }) => code || stderr)).toEqual(['', '']);
});

async function opened<Result>(path: string, use: (run: LoadedGan) => Promise<Result>): Promise<Result> {
  const run = await loadRun(path, { kind: 'gan' });
  try {
    return await use(run);
  } finally {
    run.close();
  }
}

async function parts(samples: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const part of samples) all.push(part);
  return all;
}

const numbers = (values: readonly Value[]) => values.flatMap(({ data }) => [...data]);

describe.each([
  ['points', points, 2],
  ['images of classes', asked, 16 * 16 * 3],
])('a run of %s', (_kind, path, size) => {
  it('streams samples that are the same in every byte whatever the first and the count', () =>
    opened(path, async (run) => {
      const all = numbers(await parts(run.samples({ count: 150, seed: 4 })));
      for (const [first, count] of [
        [0, 1],
        [63, 2],
        [64, 64],
        [70, 80],
      ] as const) {
        const some = await parts(run.samples({ first, count, seed: 4 }));
        expect(some.every(({ shape }) => shape[0]! <= 64)).toBe(true);
        expect(numbers(some)).toEqual(all.slice(first * size, (first + count) * size));
      }
    }));

  it('answers with the same samples up to rounding, for any count', () =>
    opened(path, async (run) => {
      const all = numbers(await parts(run.samples({ count: 80, seed: 4 })));
      for (const count of [1, 3, 71]) {
        const { shape, data } = await run.sample({ count, seed: 4, first: 5 });
        expect(shape).toEqual([count, ...run.dataset.shape]);
        const off = [...data].map((x, i) => Math.abs(x - all[5 * size + i]!));
        expect(Math.max(...off)).toBeLessThan(1e-5);
      }
    }));

  it('takes noise in place of the seed, a row a sample', () =>
    opened(path, async (run) => {
      const { noise } = run.sampler.inputs({ count: 70, seed: 9 }) as { noise: Value };
      const given = await parts(run.samples({ latent: noise }));
      expect(numbers(given)).toEqual(numbers(await parts(run.samples({ count: 70, seed: 9 }))));
      const one = await run.sample({ latent: { noise: Value.filled([1, noise.shape[1]!], 0) } });
      expect(one.shape[0]).toBe(1);
    }));

  it('answers calls that overlap', () =>
    opened(path, async (run) => {
      const together = await Promise.all([1, 2, 3].map((seed) => run.sample({ seed })));
      for (const [i, { data }] of together.entries())
        expect(data).toEqual((await run.sample({ seed: i + 1 })).data);
    }));

  it('goes on after a call that was refused', () =>
    opened(path, async (run) => {
      await expect(run.sample({ truncation: -1 })).rejects.toThrow('truncation: expected a finite number');
      expect((await run.sample()).shape).toEqual([1, ...run.dataset.shape]);
    }));
});

it('asks for a class by name or number, and else for each in turn', () =>
  opened(asked, async (run) => {
    const classes = run.dataset.classes!;
    const named = await run.sample({ count: 2, class: classes[3]! });
    expect((await run.sample({ count: 2, class: 3 })).data).toEqual(named.data);
    const { condition } = run.sampler.inputs({ count: 2, first: classes.length + 3 }) as { condition: Value };
    expect([...condition.data].flatMap((hot, i) => (hot === 1 ? [i % classes.length] : []))).toEqual([3, 4]);
  }));

it.each<[string, object, string]>([
  [
    points,
    { truncaton: 1 },
    'sample: expected one of count, seed, first, class, caption, source, truncation',
  ],
  [points, { count: 0 }, 'count: expected a whole number from 1, got 0'],
  [points, { seed: 0.5 }, 'seed: expected a whole number from 0, got 0.5'],
  [points, { first: -1 }, 'first: expected a whole number from 0, got -1'],
  [points, { class: 'x' }, 'class: expected '],
  [asked, { class: 8 }, 'class: expected one of circle, square'],
  [points, { latent: Value.filled([2, 3], 0) }, 'latent noise: expected rows of '],
  [points, { latent: { z: Value.filled([2, 3], 0) } }, 'latent: expected one of noise, got "z"'],
  [
    points,
    { count: 3, latent: Value.filled([2, 2], 0) },
    'count: expected without latent, which has 2 rows, got 3',
  ],
  [points, { first: 3, latent: Value.filled([2, 2], 0) }, 'first: expected without latent'],
])('%s refuses %j', async (path, options, message) => {
  await opened(path, async (run) => {
    const size = run.sampler.noise.noise!.size;
    const fitted = (value: unknown): unknown =>
      value instanceof Value && value.shape[1] === 2 ? Value.filled([2, size], 0) : value;
    const given = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, fitted(value)]));
    await expect(run.sample(given)).rejects.toThrow(message);
    await expect(parts(run.samples(given))).rejects.toThrow(message);
    expect(() => run.sampler.require(given)).toThrow(message);
  });
});

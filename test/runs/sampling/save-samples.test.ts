import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { type LoadedGan, loadRun, saveSamples, weightsHash } from '../../../src/runs/index.ts';
import { scratchFolder, weir } from '../../support/weir.ts';

const root = scratchFolder();
const path = join(root, 'run');

beforeAll(async () => {
  const set = ['--data', 'shapes:16', '--set', 'filters=2', '--steps', '2', '--no-serve', '--quiet'];
  expect(await weir('train', 'dcgan', ...set, '--out', path)).toMatchObject({ code: 0 });
});

async function opened(use: (run: LoadedGan) => Promise<void>): Promise<void> {
  const run = await loadRun(path, { kind: 'gan' });
  await use(run).finally(() => run.close());
}

it('stops at a signal between two blocks, and goes on with the same call', () =>
  opened(async (run) => {
    const folder = join(root, 'stopped');
    const stop = new AbortController();
    const stopping: LoadedGan = {
      ...run,
      async *samples(options) {
        for await (const part of run.samples(options)) {
          yield part;
          stop.abort('SIGTERM');
        }
      },
    };
    const options = { format: 'png', count: 150, signal: stop.signal } as const;
    await expect(saveSamples(stopping, folder, options)).rejects.toThrow(
      'sample: stopped by SIGTERM; the same command goes on',
    );
    expect(readdirSync(folder)).toHaveLength(65);
    expect(await saveSamples(run, folder, { format: 'png', count: 150 })).toEqual({
      written: 86,
      present: 64,
    });
    const whole = join(root, 'whole');
    await saveSamples(run, whole, { format: 'png', count: 150 });
    for (const name of readdirSync(whole))
      expect(readFileSync(join(folder, name)), name).toEqual(readFileSync(join(whole, name)));
    const table = join(root, 'stopped.npy');
    await expect(saveSamples(run, table, { ...options, format: 'npy' })).rejects.toThrow(
      'nothing was written',
    );
    expect(readdirSync(root).filter((name) => name.startsWith('stopped.npy'))).toEqual([]);
  }));

it('says in the folder what its files are of', () =>
  opened(async (run) => {
    const folder = join(root, 'said');
    const latent = Value.filled([2, run.sampler.noise.noise!.size], 0.5);
    await saveSamples(run, folder, { format: 'npy', latent });
    expect(JSON.parse(readFileSync(join(folder, 'samples.json'), 'utf8'))).toEqual({
      weir: expect.stringMatching(/^\d+\.\d+\.\d+/),
      recipe: 'dcgan',
      data: 'shapes:16',
      step: 2,
      weights: weightsHash(run.trainer.tensors()),
      seed: 0,
      format: 'npy',
      latent: weightsHash({ latent }),
    });
  }));

it.each([
  [{ format: 'png', count: 10_000_001 }, 'count: expected a whole number from 1 to 10000000'],
  [{ format: 'png', first: 10_000_000, count: 1 }, 'first: expected a whole number from 0 to 9999999'],
  [{ format: 'npy', interpolate: 2 }, 'interpolate: expected with the format grid, png or gif, got npy'],
  [{ format: 'png', interpolate: 2, truncation: 0 }, 'truncation: expected a finite number above 0'],
  [{ format: 'png', interpolate: 65 }, 'interpolate: expected a whole number from 2 to 64, got 65'],
  [{ format: 'gif', interpolate: 2 }, 'path: expected a file whose name ends in .gif for the format gif'],
  [{ format: 'png', caption: 'a ring' }, 'caption: expected none for dcgan'],
] as const)('refuses %j before it makes anything', (options, message) =>
  opened(async (run) => {
    await expect(saveSamples(run, join(root, 'refused'), options)).rejects.toThrow(message);
    expect(existsSync(join(root, 'refused'))).toBe(false);
  }),
);

it('has a hash of weights that knows names, shapes and values', () => {
  const of = (name: string, value: Value) => weightsHash({ generator: { [name]: value } });
  const one = of('kernel', Value.of([1, 2], [1, 2]));
  expect(one).toMatch(/^[\da-f]{64}$/);
  expect(of('kernel', Value.of([1, 2], [1, 2]))).toBe(one);
  const others = [
    of('bias', Value.of([1, 2], [1, 2])),
    of('kernel', Value.of([1, 2], [2, 1])),
    of('kernel', Value.of([1, 3], [1, 2])),
  ];
  expect(new Set([one, ...others]).size).toBe(4);
});

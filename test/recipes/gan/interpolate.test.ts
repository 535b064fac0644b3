import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { latentInterpolation, latentWalk } from '../../../src/recipes/index.ts';
import { smallRun } from '../../support/run.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();

describe('interpolate', () => {
  it('goes from the first noise to the second, and the same for the same seed', async () => {
    const { assembly } = await smallRun(join(root, 'run'));
    const { trainer } = assembly;
    const path = await latentInterpolation(trainer, { rows: 2, steps: 5, seed: 4 });
    expect(path.shape).toEqual([10, 2]);
    expect((await latentInterpolation(trainer, { rows: 2, steps: 5, seed: 4 })).data).toEqual(path.data);
    const ends = await latentInterpolation(trainer, { rows: 2, steps: 2, seed: 4 });
    expect([...ends.data.subarray(0, 2)]).toEqual([...path.data.subarray(0, 2)]);
    expect([...ends.data.subarray(2, 4)]).toEqual([...path.data.subarray(8, 10)]);
  });

  it('keeps the class of each row', async () => {
    const asked: Value[] = [];
    const trainer = {
      system: {
        name: 'made',
        noise: { noise: { size: 1, normal: 1 } },
        samplerInputs: (rows: number) => ({
          noise: Value.of(
            Array.from({ length: rows }, (_, i) => i + 1),
            [rows, 1],
          ),
          condition: Value.of([1, 0, 0, 1], [rows, 2]),
        }),
      },
      sampleFrom: async (inputs: Record<string, Value>) => {
        asked.push(inputs.condition!);
        return inputs.noise!;
      },
    } as unknown as Parameters<typeof latentInterpolation>[0];
    await latentInterpolation(trainer, { rows: 2, steps: 3 });
    expect([...asked[0]!.data]).toEqual([1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1]);
  });

  it('leaves from the noise that is drawn first', async () => {
    const noises = [0, 1].map((of) => Value.filled([1, 1], of));
    const trainer = {
      system: {
        name: 'made',
        noise: { noise: { size: 1 } },
        samplerInputs: () => ({ noise: noises.shift()! }),
      },
      sampleFrom: async ({ noise }: Record<string, Value>) => noise!,
    } as unknown as Parameters<typeof latentInterpolation>[0];
    const { data } = await latentInterpolation(trainer, { rows: 1, steps: 3 });
    expect([data[0], data[2]]).toEqual([0, 1]);
  });

  it('goes straight where noise is no normal noise, such as codes', async () => {
    const ends = [Value.of([3, 4, 1, 0], [1, 4]), Value.of([4, -3, 0, 1], [1, 4])];
    const trainer = {
      system: {
        name: 'made',
        noise: { noise: { size: 4, normal: 2 } },
        samplerInputs: () => ({ noise: ends.shift()! }),
      },
      sampleFrom: async ({ noise }: Record<string, Value>) => noise!,
    } as unknown as Parameters<typeof latentInterpolation>[0];
    const { data } = await latentInterpolation(trainer, { rows: 1, steps: 3 });
    const middle = [...data.subarray(4, 8)];
    expect(Math.hypot(middle[0]!, middle[1]!)).toBeCloseTo(5, 5);
    expect(middle.slice(2)).toEqual([0.5, 0.5]);
  });

  it('refuses a generator without noise', async () => {
    const system = { name: 'still', samplerInputs: () => ({}) };
    const trainer = { system } as unknown as Parameters<typeof latentInterpolation>[0];
    await expect(latentInterpolation(trainer, { rows: 1, steps: 2 })).rejects.toThrow(
      'expected a generator of noise, got still',
    );
  });
});

describe('latentWalk', () => {
  const frames = async (...args: Parameters<typeof latentWalk>) => {
    const all: Value[] = [];
    for await (const frame of latentWalk(...args)) all.push(frame);
    return all;
  };

  it('stops at the samples of the seed, and its last picture leads back to the first', async () => {
    const { trainer } = (await smallRun(join(root, 'walk'))).assembly;
    const walk = await frames(trainer, { stops: 3, frames: 4, count: 2, seed: 5 });
    expect(walk.map(({ shape }) => shape)).toEqual(Array.from({ length: 12 }, () => [2, 2]));
    const { data } = await trainer.sample(6, 5);
    for (const stop of [0, 1, 2])
      for (const [i, x] of walk[4 * stop]!.data.entries()) expect(x).toBeCloseTo(data[4 * stop + i]!, 5);
    // No step is much longer than the others: the walk is closed.
    const steps = walk.map(({ data }, i) => {
      const next = walk[(i + 1) % walk.length]!.data;
      return Math.hypot(data[0]! - next[0]!, data[1]! - next[1]!);
    });
    expect(steps.every((step) => step > 0)).toBe(true);
    expect(steps.at(-1)!).toBeLessThan(3 * Math.max(...steps.slice(8, 11)));
  });

  it('stops at noise that is given, a row for each stop', async () => {
    const { trainer } = (await smallRun(join(root, 'given'))).assembly;
    const latent = { noise: Value.of([1, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 1, 1], [2, 8]) };
    const size = trainer.system.noise!.noise!.size;
    const rows = { noise: Value.of([...latent.noise.data].slice(0, 2 * size), [2, size]) };
    const walk = await frames(trainer, { stops: 2, frames: 1, request: { latent: rows } });
    const { data } = await trainer.sample(2, 0, { latent: rows });
    const walked = walk.flatMap((frame) => [...frame.data]);
    for (const [i, x] of walked.entries()) expect(x).toBeCloseTo(data[i]!, 5);
  });

  it.each([
    [{ stops: 1, frames: 2 }, 'interpolate: stops: expected a whole number from 2, got 1'],
    [{ stops: 2, frames: 0 }, 'interpolate: frames: expected a whole number from 1, got 0'],
  ])('refuses %j', async (options, message) => {
    const { trainer } = (await smallRun(join(root, `refused-${message.length}`))).assembly;
    await expect(frames(trainer, options)).rejects.toThrow(message);
  });
});

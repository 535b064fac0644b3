import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { latentInterpolation } from '../../../src/recipes/index.ts';
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
      system: { name: 'made', samplerInputs: () => ({ noise: noises.shift()! }) },
      sampleFrom: async ({ noise }: Record<string, Value>) => noise!,
    } as unknown as Parameters<typeof latentInterpolation>[0];
    const { data } = await latentInterpolation(trainer, { rows: 1, steps: 3 });
    expect([data[0], data[2]]).toEqual([0, 1]);
  });

  it('refuses a generator without noise', async () => {
    const system = { name: 'still', samplerInputs: () => ({}) };
    const trainer = { system } as unknown as Parameters<typeof latentInterpolation>[0];
    await expect(latentInterpolation(trainer, { rows: 1, steps: 2 })).rejects.toThrow(
      'expected a generator of noise, got still',
    );
  });
});

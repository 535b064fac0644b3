import { describe, expect, it } from 'vitest';
import { ring8 } from '../../../src/data/index.ts';
import { cpuEngine, Value } from '../../../src/engine/index.ts';
import { identityFeatures } from '../../../src/evaluation/index.ts';
import { transferCheck } from '../../../src/runs/index.ts';

const engine = await cpuEngine();
const dataset = ring8();

/**
 * A generator that puts each sample on the centre of the class that it is asked for, turned on by
 * `by` classes.
 */
function generator(by: number, conditional = true) {
  const asked = (count: number) => Array.from({ length: count }, (_, i) => i % 8);
  return {
    system: {
      name: 'made',
      samplerInputs: (count: number) => ({
        noise: Value.filled([count, 2], 0),
        ...(conditional && {
          condition: Value.of(
            asked(count).flatMap((label) => Array.from({ length: 8 }, (_, c) => (c === label ? 1 : 0))),
            [count, 8],
          ),
        }),
      }),
    },
    sample: async (count: number) =>
      Value.of(
        asked(count).flatMap((label) => [...dataset.centres[(label + by) % 8]!]),
        [count, 2],
      ),
  } as unknown as Parameters<typeof transferCheck>[0]['trainer'];
}

const check = (trainer: ReturnType<typeof generator>) =>
  transferCheck({ trainer, dataset, features: identityFeatures(), engine, samples: 160, seed: 1 });

describe('transferCheck', () => {
  it('finds every class where the generator makes what it is asked for', async () => {
    expect(await check(generator(0))).toEqual({ ganTrain: 1, ganTest: 1, reference: 1 });
  });

  it('finds none where it makes the next one', async () => {
    expect(await check(generator(1))).toEqual({ ganTrain: 0, ganTest: 0, reference: 1 });
  });

  it('refuses data that has not twice as many examples as there are samples', async () => {
    const few = (size: number) => ({
      ...dataset,
      size,
      read: (indices: ArrayLike<number>) => dataset.read(indices),
    });
    const of = (size: number) =>
      transferCheck({
        trainer: generator(0),
        dataset: few(size),
        features: identityFeatures(),
        engine,
        samples: 16,
        seed: 1,
      });
    await expect(of(31)).rejects.toThrow(
      new RangeError('transfer: expected 32 labelled examples or more, got ring8 of 31'),
    );
    expect(await of(32)).toMatchObject({ ganTest: expect.any(Number) });
  });

  it('refuses a generator that is not asked for classes', async () => {
    await expect(check(generator(0, false))).rejects.toThrow(
      'transfer: expected the run of a class-conditional GAN, got one of made',
    );
  });
});

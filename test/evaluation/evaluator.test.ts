import { afterAll, describe, expect, it } from 'vitest';
import { grid25, shapes } from '../../src/data/index.ts';
import { keyOf, normals, openEngine, Value } from '../../src/engine/index.ts';
import { Evaluator } from '../../src/evaluation/evaluator.ts';
import { identityFeatures, ownFeatures } from '../../src/evaluation/own-features.ts';

const { engine } = await openEngine('auto');
const grid = grid25();
const evaluator = await Evaluator.open({ dataset: grid, engine, samples: 500 });
afterAll(() => evaluator.close());

const range = (start: number, end: number) => Array.from({ length: end - start }, (_, i) => start + i);

describe('Evaluator', () => {
  it('scores data as good, and noise as bad', async () => {
    const good = await evaluator.score(grid.read(range(5000, 5500)).examples);
    const bad = await evaluator.score(normals(keyOf(1), [500, 2], 0.2));
    expect(Object.keys(good)).toEqual([
      'fid',
      'kid',
      'precision',
      'recall',
      'density',
      'coverage',
      'slicedWasserstein',
      'modes',
      'highQuality',
      'reverseKl',
    ]);
    expect(good.modes).toBe(25);
    expect(good.coverage).toBeGreaterThan(0.9);
    for (const name of ['fid', 'kid', 'slicedWasserstein']) expect(good[name]).toBeLessThan(bad[name]! / 5);
    for (const name of ['precision', 'coverage', 'highQuality'])
      expect(good[name]).toBeGreaterThan(5 * bad[name]!);
  });

  it('has a floor of other real examples', async () => {
    const floor = await evaluator.floor();
    expect(floor).toEqual(await evaluator.score(grid.read(range(500, 1000)).examples));
    const own = await evaluator.score(grid.read(range(0, 500)).examples);
    expect(own.fid).toBeCloseTo(0, 9);
    expect(floor.fid).toBeGreaterThan(0);
  });

  it('takes 2,000 samples where none are asked for, or half of the examples where there are fewer', async () => {
    const few = { ...grid, size: 301 };
    await expect(Evaluator.open({ dataset: few, engine, samples: 151 })).rejects.toThrow(
      'samples: expected a whole number from 10 to 150, got 151',
    );
    for (const [dataset, samples] of [
      [grid, 2000],
      [few, 150],
    ] as const) {
      const usual = await Evaluator.open({ dataset, engine, scores: ['modes'] });
      expect(usual.samples).toBe(samples);
      usual.close();
    }
  });

  it('gives only the scores that were asked for, and tells how far it is', async () => {
    const few = await Evaluator.open({ dataset: grid, engine, samples: 100, scores: ['recall', 'fid'] });
    const told: number[] = [];
    const scores = await few.score(grid.read(range(0, 100)).examples, (done, total) =>
      told.push(done / total),
    );
    expect(Object.keys(scores)).toEqual(['fid', 'recall']);
    expect(told).toEqual([0.5, 1]);
    few.close();
  });

  it('refuses samples of another number, another shape or no number', async () => {
    await expect(evaluator.score(Value.filled([499, 2], 0))).rejects.toThrow('samples: expected [500,2]');
    const torn = Value.filled([500, 2], 0);
    torn.data[7] = Number.NaN;
    await expect(evaluator.score(torn)).rejects.toThrow('expected finite numbers, got NaN in sample 3');
  });

  it('refuses scores that the data does not allow, images without features, and constant features', async () => {
    const open = (options: object) =>
      Evaluator.open({ dataset: shapes({ side: 16 }), engine, samples: 20, ...options });
    await expect(open({})).rejects.toThrow('features: expected a file for the images of shapes:16, got none');
    const constant = ownFeatures({
      name: 'constant',
      hash: 'c',
      see: ({ shape }) => ({ features: Value.filled([shape[0]!, 3], 1) }),
    });
    await expect(open({ features: constant })).rejects.toThrow(
      'features: expected some that vary over shapes:16',
    );
    await expect(open({ features: identityFeatures(), scores: ['highQuality'] })).rejects.toThrow(
      'scores: expected some of fid, kid, precision',
    );
    await expect(open({ features: identityFeatures(), samples: 5 })).rejects.toThrow(
      'samples: expected a whole number from 10',
    );
  });

  it('refuses too few samples for the covariance, before anything is trained', async () => {
    const few = { dataset: shapes({ side: 16 }), engine, samples: 20, features: identityFeatures() };
    await expect(Evaluator.open(few)).rejects.toThrow(
      'samples: expected more than the 768 features, whose covariance fid compares, got 20; or leave fid out of the scores',
    );
    (await Evaluator.open({ ...few, scores: ['precision'] })).close();
  });
});

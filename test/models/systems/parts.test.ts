import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { conv2d, dense, gaussian, mlpCritic, repeatedSource, uniform } from '../../../src/models/index.ts';
import { averagesOf, firstAverages } from '../../../src/models/systems/averages.ts';
import { coderMembers } from '../../../src/models/systems/coder.ts';
import { examplesOf } from '../../../src/models/systems/examples-of.ts';
import type { PlayerRule } from '../../../src/models/systems/game.ts';
import { oneScore } from '../../../src/models/systems/one-score.ts';
import { playersOfPairs } from '../../../src/models/systems/players-of-pairs.ts';
import { moments } from '../support.ts';

describe('averages', () => {
  const weights = { w: Value.of([1, 2]) };

  it('keeps one average under its own name, and those of a list by network', () => {
    const one = { of: 'a', decay: 0.5 };
    expect(firstAverages(undefined, () => weights)).toEqual({});
    expect(firstAverages(one, () => weights)).toEqual({ average: weights });
    expect(firstAverages([one, { of: 'b', decay: 0 }], () => weights)).toEqual({
      average: { a: weights, b: weights },
    });
    expect(averagesOf(one)).toEqual([one]);
    expect(averagesOf(undefined)).toEqual([]);
  });

  it('begins with copies that share nothing with the weights', () => {
    const { average } = firstAverages({ of: 'a', decay: 0 }, () => weights) as { average: typeof weights };
    expect(average.w.data).not.toBe(weights.w.data);
  });
});

describe('coder', () => {
  const coder = (codes: number) => ({ generator: dense(3), encoder: dense(codes), latent: 2 });

  it('knows what goes into both networks', () => {
    const { members, shape } = coderMembers('vae', coder(4), 'gaussian');
    expect(shape).toEqual([3]);
    expect(members.generator.input).toEqual([2]);
    expect(members.encoder.input).toEqual([3]);
  });

  it('refuses an encoder that does not fit the generator', () => {
    expect(() => coderMembers('vae', coder(2), 'gaussian')).toThrow(
      'vae: encoder: expected [4] for an example, got [2]',
    );
    expect(() => coderMembers('bigan', coder(4), 'point')).toThrow(
      'bigan: encoder: expected [2] for an example, got [4]',
    );
    expect(() => coderMembers('vae', { ...coder(4), latent: 0 }, 'gaussian')).toThrow(
      'vae: latent: expected a whole number from 1, got 0',
    );
  });
});

describe('examples of', () => {
  it('counts examples that fit, and names both shapes where they do not', () => {
    const examples = Value.filled([5, 2], 1);
    expect(examplesOf('vae', { examples }, [2])).toEqual({ examples, count: 5, parts: {} });
    expect(() => examplesOf('vae', { examples }, [3])).toThrow(
      'vae: expected examples of [3], as the generator makes them, got [2]',
    );
  });

  it('gives the parts that are asked for, and names one that is missing or of another shape', () => {
    const examples = Value.filled([5, 2], 1);
    const tokens = Value.zeros('int32', [5, 8]);
    const batch = { examples, parts: { tokens } };
    expect(examplesOf('text-gan', batch, [2], { tokens: [8] }).parts.tokens).toBe(tokens);
    expect(() => examplesOf('text-gan', { examples }, [2], { tokens: [8] })).toThrow(
      new RangeError('text-gan: expected batches with tokens of [5,8], got none'),
    );
    expect(() => examplesOf('text-gan', batch, [2], { tokens: [9] })).toThrow(
      new RangeError('text-gan: expected batches with tokens of [5,9], got [5,8]'),
    );
  });
});

describe('latent', () => {
  it('draws normal numbers by key', () => {
    const { size, draw } = gaussian(2);
    const { shape, data } = draw(2000, keyOf(1));
    expect([size, shape]).toEqual([2, [2000, 2]]);
    expect(moments(data)).toEqual({ mean: expect.closeTo(0, 1), variance: expect.closeTo(1, 1) });
    expect(draw(5, keyOf(1))).toEqual(draw(5, keyOf(1)));
    expect(draw(5, keyOf(1))).not.toEqual(draw(5, keyOf(2)));
  });

  it('draws even numbers between two bounds', () => {
    const { data } = uniform(1, -1, 3).draw(2000, keyOf(1));
    expect(moments(data)).toEqual({ mean: expect.closeTo(1, 0), variance: expect.closeTo(16 / 12, 1) });
    expect(Math.min(...data)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...data)).toBeLessThanOrEqual(3);
  });

  it('refuses sizes and bounds that are none', () => {
    expect(() => gaussian(0)).toThrow('latent: expected a whole number from 1, got 0');
    expect(() => uniform(2, 1, 0)).toThrow('uniform: high: expected a finite number from 1, got 0');
  });
});

it('gives what the critic starts with, and refuses one of another number of scores', () => {
  expect(oneScore('gan', mlpCritic({ width: 4 }), [2])).toMatchObject({
    shape: [1],
    taps: { features: [4] },
  });
  expect(oneScore('gan', conv2d(1), [8, 8, 3]).shape).toEqual([4, 4, 1]);
  expect(() => oneScore('gan', dense(2), [2])).toThrow(
    new RangeError('gan: critic: expected one score for an example, [1], got [2]'),
  );
});

describe('players of pairs', () => {
  const rule = (name: string) => ({ trains: [name] }) as unknown as PlayerRule<string, string>;
  const pairOf = (name: string) => ({ critic: rule(`c${name}`), generator: rule(`g${name}`) });

  describe('playersOfPairs', () => {
    const { players, roles } = playersOfPairs([
      { at: 8, pair: pairOf('8'), stage: 0 },
      { at: 'style', prefix: 'joint-', pair: pairOf('s'), stage: 1 },
    ]);

    it('names the players of each pair, critic first', () => {
      expect(Object.entries(players).map(([name, { trains }]) => [name, ...trains])).toEqual([
        ['critic@8', 'c8'],
        ['generator@8', 'g8'],
        ['joint-critic@style', 'cs'],
        ['joint-generator@style', 'gs'],
      ]);
    });

    it('tells what each player is', () => {
      expect(roles.get('generator@8')).toMatchObject({ at: 8, adversary: 'generator', stage: 0 });
      expect(roles.get('joint-critic@style')).toMatchObject({ at: 'style', adversary: 'critic', stage: 1 });
      expect(roles.get('critic@style')).toBeUndefined();
    });
  });
});

describe('repeatedSource', () => {
  it('is the image as often as there are samples', () => {
    const source = Value.of([1, 2], [1, 2, 1]);
    expect(repeatedSource([1, 2, 1], source, 3)).toEqual(Value.of([1, 2, 1, 2, 1, 2], [3, 1, 2, 1]));
  });

  it('takes a grey image for a coloured one', () => {
    expect(repeatedSource([1, 2, 3], Value.of([0.5, 1], [1, 2, 1]), 2)).toEqual(
      Value.of([0.5, 0.5, 0.5, 1, 1, 1, 0.5, 0.5, 0.5, 1, 1, 1], [2, 1, 2, 3]),
    );
  });

  it.each([[[2, 2, 3]], [[1, 2, 2]], [[2]]])('refuses an image of %j', (shape) => {
    expect(() => repeatedSource([1, 2, 3], Value.filled(shape, 0), 1)).toThrow(
      new RangeError(`source: expected an image of [1,2,3], got [${shape}]`),
    );
  });
});

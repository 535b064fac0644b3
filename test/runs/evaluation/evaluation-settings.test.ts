import { describe, expect, it } from 'vitest';
import { findRecipe } from '../../../src/recipes/index.ts';
import { resolveEvaluation, scoresOf } from '../../../src/runs/index.ts';

const gan = findRecipe('wgan-gp');

describe('resolveEvaluation', () => {
  it('is nothing where nothing is wished', async () => {
    expect(await resolveEvaluation(gan, {})).toBeUndefined();
  });

  it('keeps what is wished', async () => {
    const wishes = { evaluateEvery: 100, metrics: 'fid, recall', samples: 50, keepBest: 'fid', stopAfter: 3 };
    expect(await resolveEvaluation(gan, wishes)).toEqual({
      every: 100,
      scores: ['fid', 'recall'],
      samples: 50,
      keepBest: 'fid',
      stopAfter: 3,
    });
  });

  it.each([
    [{ evaluateEvery: 0 }, '--evaluate-every: expected a whole number from 1, got 0'],
    [{ metrics: 'fid' }, '--metrics: expected together with --evaluate-every, got it alone'],
    [{ keepBest: 'fid' }, '--keep-best: expected together with --evaluate-every'],
    [{ evaluateEvery: 5, metrics: 'fid,fit' }, '--metrics: expected one of fid, kid'],
    [{ evaluateEvery: 5, keepBest: 'loss' }, '--keep-best: expected one of fid, kid'],
    [
      { evaluateEvery: 5, metrics: 'kid', keepBest: 'fid' },
      '--keep-best: expected one of the metrics kid, got "fid"',
    ],
    [{ evaluateEvery: 5, stopAfter: 2 }, '--stop-after: expected together with --keep-best'],
    [{ evaluateEvery: 5, samples: 3 }, '--samples: expected a whole number from 10, got 3'],
    [
      { evaluateEvery: 5, features: '/none' },
      '--features: expected a file of weir features train, got /none',
    ],
  ])('refuses %j', async (wishes, message) => {
    await expect(resolveEvaluation(gan, wishes)).rejects.toThrow(message);
  });

  it.each([
    [{ evaluateEvery: 5, features: 'f' }, '--features: expected the recipe of a GAN, got taxi-q'],
    [{ evaluateEvery: 5, evaluateAsync: true }, '--evaluate-async: expected the recipe of a GAN, got taxi-q'],
    [{ evaluateEvery: 5, episodes: 0 }, '--episodes: expected a whole number from 1 to 1000000, got 0'],
    [{ evaluateEvery: 5, keepBest: 'fid' }, '--keep-best: expected one of the metrics returnMean, got "fid"'],
    [{ episodes: 5 }, '--episodes: expected together with --evaluate-every, got it alone'],
  ])('refuses %j for an agent', async (wishes, message) => {
    await expect(resolveEvaluation(findRecipe('taxi-q'), wishes)).rejects.toThrow(message);
  });

  it('lets an agent play episodes', async () => {
    const wishes = { evaluateEvery: 100, episodes: 20, keepBest: 'returnMean', stopAfter: 3 };
    const settings = { every: 100, episodes: 20, keepBest: 'returnMean', stopAfter: 3 };
    expect(await resolveEvaluation(findRecipe('taxi-q'), wishes)).toEqual(settings);
  });

  it('refuses episodes of a GAN', async () => {
    await expect(resolveEvaluation(gan, { evaluateEvery: 5, episodes: 3 })).rejects.toThrow(
      '--episodes: expected the recipe of an agent, got wgan-gp',
    );
  });
});

describe('scoresOf', () => {
  it('takes names with commas between', () => {
    expect(scoresOf('kid,fid')).toEqual(['kid', 'fid']);
  });
});

import { describe, expect, it } from 'vitest';
import { agentRecipe, findRecipe, scoresOf, settleEvaluation } from '../../src/recipes/index.ts';

const gan = findRecipe('wgan-gp');

describe('settleEvaluation', () => {
  it('is nothing where nothing is wished', async () => {
    expect(await settleEvaluation(gan, {})).toBeUndefined();
  });

  it('keeps what is wished', async () => {
    const wishes = { evaluateEvery: 100, metrics: 'fid, recall', samples: 50, keepBest: 'fid', stopAfter: 3 };
    expect(await settleEvaluation(gan, wishes)).toEqual({
      ...{ every: 100, scores: ['fid', 'recall'], samples: 50, keepBest: 'fid', stopAfter: 3 },
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
    await expect(settleEvaluation(gan, wishes)).rejects.toThrow(message);
  });

  it('refuses an agent', async () => {
    const preset = { steps: 1, options: {} };
    const build = () => {
      throw new Error('never built');
    };
    const walker = agentRecipe({
      name: 'walker',
      summary: '',
      paper: '',
      data: 'line',
      options: {},
      preset,
      build,
    });
    await expect(settleEvaluation(walker, { evaluateEvery: 5 })).rejects.toThrow(
      '--evaluate-every: expected the recipe of a GAN, got walker',
    );
  });
});

describe('scoresOf', () => {
  it('takes names with commas between', () => {
    expect(scoresOf('kid,fid')).toEqual(['kid', 'fid']);
  });
});

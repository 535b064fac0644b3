import { describe, expect, it } from 'vitest';
import { findRecipe } from '../../../src/recipes/index.ts';
import { resolveSchedule } from '../../../src/runs/evaluation/evaluation-settings.ts';
import { resolveEvaluation } from '../../../src/runs/index.ts';

const gan = findRecipe('wgan-gp');

describe('resolveEvaluation', () => {
  it('keeps what is chosen', async () => {
    const chosen = { every: 100, scores: ['fid', 'recall'], samples: 50, keepBest: 'fid', stopAfter: 3 };
    expect(await resolveEvaluation(gan, chosen)).toEqual(chosen);
  });

  it.each([
    [{ every: 0 }, 'evaluation.every: expected a whole number from 1, got 0'],
    [{ every: 5, scores: ['fid', 'fit'] }, 'evaluation.scores: expected one of fid, kid'],
    [{ every: 5, keepBest: 'loss' }, 'evaluation.keepBest: expected one of fid, kid'],
    [
      { every: 5, scores: ['kid'], keepBest: 'fid' },
      'evaluation.keepBest: expected one of the metrics kid, got "fid"',
    ],
    [{ every: 5, stopAfter: 2 }, 'evaluation.stopAfter: expected together with a score'],
    [{ every: 5, samples: 3 }, 'evaluation.samples: expected a whole number from 10, got 3'],
    [{ every: 5, features: '/none' }, 'features: expected a file of weir features train, got /none'],
  ])('refuses %j', async (chosen, message) => {
    await expect(resolveEvaluation(gan, chosen)).rejects.toThrow(message);
  });

  it.each([
    [{ every: 5, features: 'f' }, 'evaluation.features: expected the recipe of a GAN, got taxi-q'],
    [{ every: 5, background: true }, 'evaluation.background: expected the recipe of a GAN, got taxi-q'],
    [{ every: 5, episodes: 0 }, 'evaluation.episodes: expected a whole number from 1 to 1000000, got 0'],
    [{ every: 5, keepBest: 'fid' }, 'evaluation.keepBest: expected one of the metrics returnMean, got "fid"'],
  ])('refuses %j for an agent', async (chosen, message) => {
    await expect(resolveEvaluation(findRecipe('taxi-q'), chosen)).rejects.toThrow(message);
  });

  it('lets an agent play episodes', async () => {
    const chosen = { every: 100, episodes: 20, keepBest: 'returnMean', stopAfter: 3 };
    expect(await resolveEvaluation(findRecipe('taxi-q'), chosen)).toEqual(chosen);
  });

  it('refuses episodes of a GAN', async () => {
    await expect(resolveEvaluation(gan, { every: 5, episodes: 3 })).rejects.toThrow(
      'evaluation.episodes: expected the recipe of an agent, got wgan-gp',
    );
  });
});

describe('resolveSchedule', () => {
  it('takes of the options of a script what goes into its config', () => {
    const chosen = { every: 10, keepBest: 'recall', stopAfter: 3, score: () => ({ recall: 1 }) };
    expect(resolveSchedule(chosen)).toEqual({ every: 10, keepBest: 'recall', stopAfter: 3 });
  });
});

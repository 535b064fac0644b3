import { show, wholeNumber } from '../base/index.ts';
import { type ScoreName, scoreName } from '../evaluation/index.ts';
import { hashOfFeatures } from './open-features.ts';
import type { Recipe } from './recipe.ts';

/** What a user may say of the evaluations of a run. */
export interface EvaluationWishes {
  readonly evaluateEvery?: number;
  readonly features?: string;
  /** Names of scores with commas between. */
  readonly metrics?: string;
  readonly samples?: number;
  readonly keepBest?: string;
  readonly stopAfter?: number;
  readonly evaluateAside?: boolean;
}

/** How a run is evaluated while it goes on. Goes into `config.json`. */
export interface EvaluationSettings {
  /** Turns between evaluations. */
  readonly every: number;
  /** The file of the features. */
  readonly features?: string;
  /** Their hash, so that the scores of a run are all under the same ones. */
  readonly hash?: string;
  readonly scores?: readonly string[];
  readonly samples?: number;
  /** The score by which the best checkpoint is kept. */
  readonly keepBest?: ScoreName;
  /** On a thread of their own, beside the training; what comes due meanwhile is left out. */
  readonly aside?: boolean;
  /** Evaluations in a row without a better score after which the run stops. */
  readonly stopAfter?: number;
}

/**
 * Wishes checked: undefined where no evaluation is wished.
 * @throws RangeError naming what is wrong; FeatureFileError
 */
export async function settleEvaluation(
  recipe: Recipe,
  wishes: EvaluationWishes,
): Promise<EvaluationSettings | undefined> {
  const { evaluateEvery, evaluateAside, features, metrics, samples, keepBest, stopAfter } = wishes;
  if (evaluateEvery === undefined) {
    const [stray] = Object.entries({
      features,
      metrics,
      samples,
      'keep-best': keepBest,
      'stop-after': stopAfter,
      'evaluate-aside': evaluateAside,
    }).filter(([, value]) => value !== undefined);
    if (stray === undefined) return undefined;
    throw new RangeError(`--${stray[0]}: expected together with --evaluate-every, got it alone`);
  }
  if (recipe.kind !== 'gan')
    throw new RangeError(`--evaluate-every: expected the recipe of a GAN, got ${recipe.name}`);
  const scores = metrics === undefined ? undefined : scoresOf(metrics);
  const best = keepBest === undefined ? undefined : scoreName('--keep-best', keepBest);
  if (best !== undefined && scores?.includes(best) === false)
    throw new RangeError(`--keep-best: expected one of the metrics ${scores.join(', ')}, got ${show(best)}`);
  if (stopAfter !== undefined && best === undefined)
    throw new RangeError(`--stop-after: expected together with --keep-best, got it alone`);
  return {
    every: wholeNumber('--evaluate-every', evaluateEvery, 1),
    ...(features !== undefined && { features, hash: await hashOfFeatures(features) }),
    ...(scores !== undefined && { scores }),
    ...(samples !== undefined && { samples: wholeNumber('--samples', samples, 10) }),
    ...(best !== undefined && { keepBest: best }),
    ...(evaluateAside && { aside: true }),
    ...(stopAfter !== undefined && { stopAfter: wholeNumber('--stop-after', stopAfter, 1) }),
  };
}

/** The names of scores in a text. @throws RangeError for one that nobody knows */
export function scoresOf(text: string): ScoreName[] {
  return text.split(',').map((name) => scoreName('--metrics', name.trim()));
}

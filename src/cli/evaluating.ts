import { given } from '../base/index.ts';
import { type ScoreName, scoreName } from '../evaluation/index.ts';
import type { EvaluationOptions } from '../runs/index.ts';

/** What a user may say of the evaluations of a run. */
export interface Evaluating {
  readonly evaluateEvery?: number;
  readonly evaluateAsync?: boolean;
  readonly features?: string;
  /** Of the features, from a configuration. */
  readonly hash?: string;
  readonly metrics?: string;
  readonly samples?: number;
  readonly episodes?: number;
  readonly keepBest?: string;
  readonly stopAfter?: number;
}

/**
 * The evaluations that were asked for, if any. @throws RangeError where they come without
 * `--evaluate-every`
 */
export function evaluationIn(options: Evaluating): EvaluationOptions | undefined {
  const { evaluateEvery, evaluateAsync, features, hash, metrics, samples, episodes, keepBest, stopAfter } =
    options;
  const scores = metrics === undefined ? undefined : scoresIn(metrics);
  const chosen = {
    features,
    hash,
    scores,
    samples,
    episodes,
    keepBest,
    stopAfter,
    background: evaluateAsync,
  };
  if (evaluateEvery !== undefined) return { every: evaluateEvery, ...given(chosen) };
  const [stray] = Object.keys(given(chosen));
  if (stray === undefined) return undefined;
  throw new RangeError(`evaluation.${stray}: expected together with --evaluate-every, got it alone`);
}

/** The names of scores in a text, with commas between. @throws RangeError for an unknown one */
export function scoresIn(text: string): ScoreName[] {
  return text.split(',').map((name) => scoreName('--metrics', name.trim()));
}

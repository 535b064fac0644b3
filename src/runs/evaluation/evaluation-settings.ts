import { resolve } from 'node:path';
import { given, show, wholeNumber } from '../../base/index.ts';
import { type ScoreName, scoreName, scoreTable } from '../../evaluation/index.ts';
import type { Recipe } from '../../recipes/index.ts';
import { hashOfFeatures } from './open-features.ts';

/** How a run is evaluated while it goes on. Goes into the configuration of the run. */
export interface EvaluationSettings {
  /** Steps between evaluations. */
  readonly every: number;
  /** The file of the features. */
  readonly features?: string;
  /** Their hash, so that scores are all under the same ones; other features are refused. */
  readonly hash?: string;
  readonly scores?: readonly string[];
  readonly samples?: number;
  /** Greedy episodes of an agent. */
  readonly episodes?: number;
  /** The score by which the best checkpoint is kept. */
  readonly keepBest?: ScoreName;
  /** On a thread of their own, beside the training; what comes due meanwhile is left out. */
  readonly background?: boolean;
  /** Evaluations in a row without a better score after which the run stops. */
  readonly stopAfter?: number;
}

/** How a run is to be evaluated while it goes on. */
export interface EvaluationOptions extends Omit<EvaluationSettings, 'keepBest'> {
  readonly keepBest?: string;
}

/** The options that apply to agents only, or to GANs only. */
export const onlyFor = {
  gan: ['features', 'scores', 'samples', 'background'],
  agent: ['episodes'],
} as const;

/** The checked settings. @throws RangeError naming what is wrong; FeatureFileError */
export async function resolveEvaluation(
  recipe: Recipe,
  chosen: EvaluationOptions,
): Promise<EvaluationSettings> {
  const { features, samples, episodes, background } = chosen;
  const foreign = inapplicable(recipe, chosen);
  if (foreign !== undefined)
    throw new RangeError(
      `evaluation.${foreign}: expected the recipe of ${recipe.kind === 'agent' ? 'a GAN' : 'an agent'}, got ${recipe.name}`,
    );
  const scores = chosen.scores?.map((score) => scoreName('evaluation.scores', score));
  return {
    ...resolveSchedule(chosen, possibleScores(recipe, scores)),
    ...(features !== undefined && (await resolveFeatures(features, chosen.hash))),
    ...given({ scores }),
    ...(samples !== undefined && { samples: wholeNumber('evaluation.samples', samples, 10) }),
    ...(episodes !== undefined && {
      episodes: wholeNumber('evaluation.episodes', episodes, 1, 1_000_000),
    }),
    ...(background && { background: true }),
  };
}

/** @throws RangeError where the file holds other features than those of the hash */
async function resolveFeatures(
  file: string,
  expected: string | undefined,
): Promise<Pick<EvaluationSettings, 'features' | 'hash'>> {
  const hash = await hashOfFeatures(file);
  if (expected !== undefined && hash !== expected)
    throw new RangeError(`evaluation.hash: expected ${hash}, which is that of ${file}, got ${expected}`);
  return { features: resolve(file), hash };
}

/**
 * When a run is evaluated, and what follows from the scores.
 * @param possible the scores that the run has
 * @throws RangeError naming what is wrong
 */
export function resolveSchedule(
  { every, keepBest, stopAfter }: Pick<EvaluationOptions, 'every' | 'keepBest' | 'stopAfter'>,
  possible: readonly ScoreName[] = Object.keys(scoreTable) as ScoreName[],
): Pick<EvaluationSettings, 'every' | 'keepBest' | 'stopAfter'> {
  if (stopAfter !== undefined && keepBest === undefined)
    throw new RangeError(
      'evaluation.stopAfter: expected together with a score of which the best is kept, got it alone',
    );
  return {
    every: wholeNumber('evaluation.every', every, 1),
    ...(keepBest !== undefined && { keepBest: bestBy('evaluation.keepBest', keepBest, possible) }),
    ...(stopAfter !== undefined && { stopAfter: wholeNumber('evaluation.stopAfter', stopAfter, 1) }),
  };
}

const ofAgents: readonly ScoreName[] = ['returnMean'];
const ofSamples = (Object.keys(scoreTable) as ScoreName[]).filter((name) => !ofAgents.includes(name));

/** The scores that a run of a recipe has. */
export function possibleScores(
  recipe: Recipe,
  scores: readonly ScoreName[] | undefined,
): readonly ScoreName[] {
  return recipe.kind === 'agent' ? ofAgents : (scores ?? ofSamples);
}

/** The option that does not apply to a recipe; undefined where there is none. */
export function inapplicable(
  recipe: Recipe,
  chosen: Partial<EvaluationOptions>,
): keyof EvaluationOptions | undefined {
  return onlyFor[recipe.kind === 'gan' ? 'agent' : 'gan'].find((name) => chosen[name] !== undefined);
}

/**
 * The score by which the best checkpoint of a run is kept. @throws RangeError naming the option for
 * one that is not among those of the run
 */
export function bestBy(option: string, keepBest: string, possible: readonly ScoreName[]): ScoreName {
  const best = scoreName(option, keepBest);
  if (!possible.includes(best))
    throw new RangeError(`${option}: expected one of the metrics ${possible.join(', ')}, got ${show(best)}`);
  return best;
}

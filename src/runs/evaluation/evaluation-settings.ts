import { resolve } from 'node:path';
import { show, wholeNumber } from '../../base/index.ts';
import { type ScoreName, scoreName, scoreTable } from '../../evaluation/index.ts';
import type { Recipe } from '../../recipes/index.ts';
import { hashOfFeatures } from './open-features.ts';

/** Options of the evaluations of a run. */
export interface EvaluationOptions {
  readonly evaluateEvery?: number;
  readonly features?: string;
  /** Names of scores with commas between. */
  readonly metrics?: string;
  readonly samples?: number;
  readonly episodes?: number;
  readonly keepBest?: string;
  readonly stopAfter?: number;
  readonly evaluateAsync?: boolean;
}

/** How a run is evaluated while it goes on. Goes into `config.json`. */
export interface EvaluationSettings {
  /** Steps between evaluations. */
  readonly every: number;
  /** The file of the features. */
  readonly features?: string;
  /** Their hash, so that the scores of a run are all under the same ones. */
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

/** The command-line option of each but the first. */
const options = {
  features: 'features',
  metrics: 'metrics',
  samples: 'samples',
  episodes: 'episodes',
  keepBest: 'keep-best',
  stopAfter: 'stop-after',
  evaluateAsync: 'evaluate-async',
} as const;

/** The options that apply to agents only, or to GANs only. */
const onlyFor = {
  gan: ['features', 'metrics', 'samples', 'evaluateAsync'],
  agent: ['episodes'],
} as const;

/**
 * The checked settings; undefined without evaluation options.
 * @throws RangeError naming what is wrong; FeatureFileError
 */
export async function resolveEvaluation(
  recipe: Recipe,
  chosen: EvaluationOptions,
): Promise<EvaluationSettings | undefined> {
  const { evaluateEvery, evaluateAsync, features, metrics, samples, episodes, stopAfter } = chosen;
  if (evaluateEvery === undefined) {
    const stray = firstGiven(chosen, Object.keys(options) as (keyof typeof options)[]);
    if (stray === undefined) return undefined;
    throw new RangeError(`--${options[stray]}: expected together with --evaluate-every, got it alone`);
  }
  const foreign = inapplicable(recipe, chosen);
  if (foreign !== undefined)
    throw new RangeError(
      `--${options[foreign]}: expected the recipe of ${recipe.kind === 'agent' ? 'a GAN' : 'an agent'}, got ${recipe.name}`,
    );
  const scores = metrics === undefined ? undefined : scoresOf(metrics);
  const best =
    chosen.keepBest === undefined ? undefined : bestBy(recipe, '--keep-best', chosen.keepBest, scores);
  if (stopAfter !== undefined && best === undefined)
    throw new RangeError(`--stop-after: expected together with --keep-best, got it alone`);
  return {
    every: wholeNumber('--evaluate-every', evaluateEvery, 1),
    ...(features !== undefined && { features: resolve(features), hash: await hashOfFeatures(features) }),
    ...(scores !== undefined && { scores }),
    ...(samples !== undefined && { samples: wholeNumber('--samples', samples, 10) }),
    ...(episodes !== undefined && { episodes: wholeNumber('--episodes', episodes, 1, 1_000_000) }),
    ...(best !== undefined && { keepBest: best }),
    ...(evaluateAsync && { background: true }),
    ...(stopAfter !== undefined && { stopAfter: wholeNumber('--stop-after', stopAfter, 1) }),
  };
}

/** The first of the names that has a value. */
function firstGiven<Name extends keyof EvaluationOptions>(
  chosen: EvaluationOptions,
  names: readonly Name[],
): Name | undefined {
  return names.find((name) => chosen[name] !== undefined);
}

const ofAgents: readonly ScoreName[] = ['returnMean'];
const ofSamples = (Object.keys(scoreTable) as ScoreName[]).filter((name) => !ofAgents.includes(name));

/** The option that does not apply to a recipe; undefined where there is none. */
export function inapplicable(recipe: Recipe, chosen: EvaluationOptions): keyof typeof options | undefined {
  return firstGiven(chosen, onlyFor[recipe.kind === 'gan' ? 'agent' : 'gan']);
}

/**
 * The score by which the best checkpoint of a run is kept. @throws RangeError naming the option for
 * one that the run has not
 */
export function bestBy(
  recipe: Recipe,
  option: string,
  keepBest: string,
  scores: readonly ScoreName[] | undefined,
): ScoreName {
  const best = scoreName(option, keepBest);
  const possible = recipe.kind === 'agent' ? ofAgents : (scores ?? ofSamples);
  if (!possible.includes(best))
    throw new RangeError(`${option}: expected one of the metrics ${possible.join(', ')}, got ${show(best)}`);
  return best;
}

/** The names of scores in a text. @throws RangeError for an unknown one */
export function scoresOf(text: string): ScoreName[] {
  return text.split(',').map((name) => scoreName('--metrics', name.trim()));
}

import { given } from '../../base/index.ts';
import { type Dataset, plainData } from '../../data/index.ts';
import type { Engine } from '../../engine/index.ts';
import { drawSamples, Evaluator, type Scores } from '../../evaluation/index.ts';
import type { Trainer } from '../../models/index.ts';
import type { Arena, Assembly } from '../../recipes/index.ts';
import { evaluateGreedy } from '../../rl/index.ts';
import type { EvaluationSettings } from './evaluation-settings.ts';
import { openFeatures } from './open-features.ts';

/** Scores a learner at its present step. */
export interface Scorer {
  score(): Scores | Promise<Scores>;
  /** Releases what it holds on an engine. */
  close?(): void;
}

/**
 * Opens what the run of a recipe is scored with.
 * @throws what is wrong with features, samples or scores
 */
export async function openScorer(
  assembly: Assembly,
  settings: Omit<EvaluationSettings, 'every'>,
  engine: Engine,
): Promise<Scorer> {
  if (assembly.kind === 'agent') return greedyScorer(assembly.arena, settings);
  const evaluator = await openEvaluator(settings, assembly.dataset, engine);
  return sampleScorer(assembly.trainer, evaluator);
}

/** Scores by samples against the examples of a dataset. */
export function sampleScorer(trainer: Pick<Trainer, 'sample'>, evaluator: Evaluator): Scorer {
  return {
    score: async () =>
      evaluator.score(await drawSamples((count, seed) => trainer.sample(count, seed), evaluator.samples)),
    close: () => evaluator.close(),
  };
}

/** Scores by the mean return of greedy episodes, each time the ones that `weir evaluate` plays. */
export function greedyScorer(
  { make, actor }: Arena,
  { episodes = 100 }: Pick<EvaluationSettings, 'episodes'> = {},
): Scorer {
  return {
    async score() {
      const { returnMean } = await evaluateGreedy(make(), actor, { episodes });
      return { returnMean };
    },
  };
}

/** Opens an evaluator of samples, with its features. @throws as `openScorer` does */
export async function openEvaluator(
  { features, hash, scores, samples }: Omit<EvaluationSettings, 'every'>,
  dataset: Dataset,
  engine: Engine,
): Promise<Evaluator> {
  const seen = features === undefined ? undefined : await openFeatures(features, engine, hash);
  return Evaluator.open({
    dataset: plainData(dataset),
    engine,
    ...given({ features: seen, scores, samples }),
  });
}

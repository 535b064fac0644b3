import type { Dataset } from '../../data/index.ts';
import type { Engine } from '../../engine/index.ts';
import { Evaluator, evaluate } from '../../evaluation/index.ts';
import type { GanAssembly } from '../../recipes/index.ts';
import { every, type Run } from '../../streams/index.ts';
import { checkpointOf } from '../checkpoint-state.ts';
import type { RunConfig, RunDirectory } from '../directory/run-directory.ts';
import type { Barrier, Execution } from '../execute.ts';
import { backgroundEvaluation } from './background-evaluation.ts';
import type { EvaluationSettings } from './evaluation-settings.ts';
import { EvaluationTracker } from './evaluation-tracker.ts';
import { openFeatures } from './open-features.ts';

/**
 * Opens what a run is evaluated with. @throws what is wrong with features, samples or scores,
 * before anything is written
 */
export async function openEvaluator(
  { features, hash, scores, samples }: Omit<EvaluationSettings, 'every'>,
  dataset: Dataset,
  engine: Engine,
): Promise<Evaluator> {
  const seen = features === undefined ? undefined : await openFeatures(features, engine, hash);
  return Evaluator.open({
    dataset,
    engine,
    ...(seen && { features: seen }),
    ...(scores && { scores }),
    ...(samples !== undefined && { samples }),
  });
}

/** A run that is evaluated. */
export interface Evaluating {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly assembly: GanAssembly;
  readonly run: Run;
  readonly evaluator: Evaluator;
}

/** The evaluations of a run, as its config says: in a barrier, or beside the training. */
export async function runEvaluations(
  evaluating: Evaluating & Pick<Execution, 'warn'>,
): Promise<Pick<Execution, 'barriers' | 'observerFactories'>> {
  if (evaluating.config.evaluation?.background === true)
    return { observerFactories: [await backgroundEvaluation(evaluating)] };
  return { barriers: [await evaluationBarrier(evaluating)] };
}

/** The barrier that evaluates a run: no step runs meanwhile. The tracker acts on the scores. */
export async function evaluationBarrier(evaluating: Evaluating): Promise<Barrier> {
  const { config, assembly, evaluator } = evaluating;
  const tracker = await EvaluationTracker.of(evaluating);
  return {
    due: every(config.evaluation!.every, { atEnd: false }),
    task: (event, _, tell) =>
      evaluate({
        evaluator,
        draw: (count, seed) => assembly.trainer.sample(count, seed),
        onScores: (evaluated) => tracker.track(evaluated, () => checkpointOf(config, assembly), tell),
      })(event),
    finish: () => tracker.finish(),
  };
}

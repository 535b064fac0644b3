import { monotonicSeconds } from '../../base/index.ts';
import { every } from '../../streams/index.ts';
import { checkpointOf } from '../checkpoint-state.ts';
import type { Barrier, Execution } from '../execute.ts';
import type { RunContext } from '../run-context.ts';
import { BackgroundEvaluator } from './background-evaluation.ts';
import { EvaluationTracker } from './evaluation-tracker.ts';
import type { Scorer } from './scorer.ts';

/** The evaluations of a run, as its config says: in a barrier, or beside the training. */
export async function runEvaluations(
  context: RunContext,
  scorer: Scorer,
): Promise<Pick<Execution, 'barriers' | 'observers'>> {
  const tracker = await EvaluationTracker.of(context);
  if (context.config.evaluation?.background === true)
    return { observers: [new BackgroundEvaluator(context, tracker)] };
  return { barriers: [evaluationBarrier(context, tracker, scorer)] };
}

/** The barrier that scores a run: no step runs meanwhile, and training does not depend on it. */
function evaluationBarrier(
  { config, assembly }: RunContext,
  tracker: EvaluationTracker,
  scorer: Scorer,
): Barrier {
  return {
    due: every(config.evaluation!.every, { atEnd: false }),
    async task({ index }) {
      const began = monotonicSeconds();
      const values = await scorer.score();
      const evaluated = { index: index + 1, seconds: monotonicSeconds() - began, values };
      await tracker.track(evaluated, () => checkpointOf(config, assembly));
    },
    finish: () => tracker.finish(),
  };
}

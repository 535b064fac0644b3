import { type Environment, evaluateGreedy, type GreedyActor } from '../../rl/index.ts';
import type { Verdict } from '../assembly.ts';

/** How good an agent has become: a hundred greedy episodes that training never sees. */
export async function greedyVerdict<Observation, Action>(
  environment: Environment<Observation, Action>,
  actor: GreedyActor<Observation, Action>,
): Promise<Verdict> {
  const { returnMean, returnDeviation, lengthMean } = await evaluateGreedy(environment, actor);
  const text = `greedy return ${returnMean.toFixed(2)} +- ${returnDeviation.toFixed(2)} over 100 episodes of ${lengthMean.toFixed(1)} steps`;
  return { quality: { returnMean, returnDeviation, lengthMean }, text };
}

import { monotonicSeconds } from '../../base/index.ts';
import type { AgentAssembly } from '../../recipes/index.ts';
import { evaluateGreedy } from '../../rl/index.ts';
import { every, type Run } from '../../streams/index.ts';
import { checkpointOf } from '../checkpoint-state.ts';
import type { RunConfig, RunDirectory } from '../directory/run-directory.ts';
import type { Barrier } from '../execute.ts';
import { EvaluationTracker } from './evaluation-tracker.ts';

/**
 * The barrier in which the agent of a run plays greedy episodes, each time the ones that `weir
 * evaluate` would have it play. No step runs meanwhile, and training does not depend on it. The
 * tracker acts on the return.
 */
export async function agentEvaluationBarrier({
  directory,
  config,
  assembly,
  run,
}: {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly assembly: AgentAssembly;
  readonly run: Run;
}): Promise<Barrier> {
  const tracker = await EvaluationTracker.of({ directory, config, assembly, run });
  const { every: steps, episodes = 100 } = config.evaluation!;
  const { arena } = assembly;
  return {
    due: every(steps, { atEnd: false }),
    async task({ index }, _, tell) {
      const began = monotonicSeconds();
      const { returnMean } = await evaluateGreedy(arena.make(), arena.actor, { episodes });
      const evaluated = {
        index: index + 1,
        seconds: monotonicSeconds() - began,
        values: { returnMean },
      };
      await tracker.track(evaluated, () => checkpointOf(config, assembly), tell);
    },
    finish: () => tracker.finish(),
  };
}

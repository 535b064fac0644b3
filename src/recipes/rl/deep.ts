import { type OperatorFunction, take } from 'rxjs';
import { filmStrip, scenePicture, writePng } from '../../plots/index.ts';
import { type DeepAgent, type Environment, type Rollout, seenEpisode, ticks } from '../../rl/index.ts';
import { type Numbered, pump } from '../../streams/index.ts';
import type { AgentAssembly } from '../assembly.ts';
import { greedyVerdict } from './greedy-verdict.ts';

/** What a run of a deep agent is made of. */
export interface DeepRun<Experience, Action, R extends Rollout> {
  /** A new environment each time. */
  make(): Environment<readonly number[], Action>;
  readonly agent: DeepAgent<Experience, Action, R>;
  /** What becomes of a rollout before the agent learns from it. */
  readonly prepare: OperatorFunction<Numbered<R>, Numbered<Experience>>;
}

/**
 * The run of a deep agent: a step is a rollout in all environments, and what is learned from it.
 */
export function deepAssembly<Experience, Action, R extends Rollout>(
  { make, agent, prepare }: DeepRun<Experience, Action, R>,
  { steps }: { readonly steps: number },
): Omit<AgentAssembly, 'kind' | 'data'> {
  return {
    learner: agent,
    arena: { make, actor: agent },
    events: (run) =>
      pump(ticks({ start: agent.index }), run).pipe(
        take(steps - agent.index),
        agent.rollouts(),
        prepare,
        agent.learn(run.gate),
      ),
    async draw(path) {
      const { scenes } = await seenEpisode<readonly number[], Action>(make(), agent);
      writePng(path, filmStrip(spread(scenes, 12).map((scene) => scenePicture(scene, 200))));
    },
    evaluate: () => greedyVerdict(make(), agent),
  };
}

/** At most `count` of the items, spread evenly from the first to the last. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!);
}

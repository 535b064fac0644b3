import { type OperatorFunction, take } from 'rxjs';
import { unflattenTree } from '../../engine/index.ts';
import type { Saved } from '../../models/index.ts';
import { filmStrip, scenePicture, writePng } from '../../plots/index.ts';
import {
  type DeepAgent,
  type Environment,
  greedyEpisode,
  type Json,
  type ReplayMemory,
  type Rollout,
  type Scene,
  ticks,
  type Worlds,
} from '../../rl/index.ts';
import { type Numbered, pump } from '../../streams/index.ts';
import type { AgentAssembly } from '../assembly.ts';
import type { Learner } from '../learner.ts';
import { greedyVerdict } from './greedy-verdict.ts';

/** What a run of a deep agent is made of. */
export interface DeepRun<Experience, Action, R extends Rollout> {
  /** A new environment each time. */
  make(): Environment<readonly number[], Action>;
  readonly agent: DeepAgent<Experience, Action, R>;
  readonly worlds: Worlds<Action>;
  readonly memory?: ReplayMemory;
  /** What becomes of a rollout before the agent learns from it. */
  readonly prepare: OperatorFunction<Numbered<R>, Numbered<Experience>>;
}

/** The run of a deep agent: a step is a rollout in all worlds, and what is learned from it. */
export function deepAssembly<Experience, Action, R extends Rollout>(
  parts: DeepRun<Experience, Action, R>,
  { steps }: { readonly steps: number },
): Omit<AgentAssembly, 'kind' | 'data'> {
  const { make, agent, worlds, prepare } = parts;
  return {
    learner: learnerOf(parts),
    arena: { make, actor: agent },
    played: () => worlds.played(),
    events: (run) =>
      pump(ticks({ start: agent.index }), run).pipe(
        take(steps - agent.index),
        agent.rollouts(worlds),
        prepare,
        agent.learn(run.gate),
      ),
    async draw(path) {
      const environment = make();
      const scenes: Scene[] = [];
      const see = () => {
        const scene = environment.scene?.();
        if (scene !== undefined) scenes.push(scene);
      };
      await greedyEpisode<readonly number[], Action>(environment, agent, { see });
      writePng(path, filmStrip(spread(scenes, 12).map((scene) => scenePicture(scene, 200))));
    },
    evaluate: () => greedyVerdict(make(), agent),
  };
}

/** Agent, worlds and memory as one. */
function learnerOf<Experience, Action, R extends Rollout>({
  agent,
  worlds,
  memory,
}: DeepRun<Experience, Action, R>): Learner {
  const tree = (tensors: Saved['tensors']) => ({
    agent: tensors,
    ...(memory && { memory: memory.save() }),
  });
  return {
    get index() {
      return agent.index;
    },
    get rateFactor() {
      return agent.rateFactor;
    },
    set rateFactor(factor) {
      agent.rateFactor = factor;
    },
    save() {
      const { tensors, state } = agent.save();
      return { tensors: tree(tensors), state: { ...state, worlds: worlds.save() } };
    },
    restore({ tensors, state }) {
      const saved = unflattenTree(tensors, tree(agent.tensors())) as ReturnType<typeof tree>;
      agent.restore({ tensors: saved.agent, state: state as unknown as Saved['state'] });
      if (memory !== undefined) memory.restore(saved.memory!);
      worlds.restore(state.worlds as Json);
    },
    close: () => agent.close(),
  };
}

/** At most `count` of the items, spread evenly from the first to the last. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!);
}

import { map, type OperatorFunction } from 'rxjs';
import type { Numbered } from '../../streams/index.ts';
import type { Rollout } from '../deep/rollout.ts';
import type { ReplayMemory } from './replay-memory.ts';

/** What an agent with a memory learns from. */
export interface Replayed {
  /** What was just played. It is in the memory, too. */
  readonly rollout: Rollout;
  readonly memory: ReplayMemory;
}

/**
 * Remembers what was played and passes it on together with the memory.
 * @throws TypeError in the stream when the actions are no whole numbers
 */
export function replay(memory: ReplayMemory): OperatorFunction<Numbered<Rollout>, Numbered<Replayed>> {
  return map(({ index, batch: rollout }) => {
    const { actions } = rollout;
    if (!(actions instanceof Int32Array))
      throw new TypeError('replay: expected actions that are whole numbers, got lists of real ones');
    memory.add({ ...rollout, actions });
    return { index, batch: { rollout, memory } };
  });
}

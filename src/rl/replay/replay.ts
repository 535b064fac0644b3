import { map, type OperatorFunction } from 'rxjs';
import type { Numbered } from '../../streams/index.ts';
import type { Rollout } from '../deep/rollout.ts';
import { nStepTransitions, type TransitionSteps } from './n-step-transitions.ts';
import type { ReplayMemory } from './replay-memory.ts';

/** What an agent with a memory learns from. */
export interface Replayed {
  /** What was just played. It is in the memory, too. */
  readonly rollout: Rollout;
  readonly memory: ReplayMemory;
}

/**
 * Remembers what was played and passes it on together with the memory.
 * @param options over how many steps a transition of the memory goes; one by default
 * @throws TypeError in the stream when the actions are not of the memory's kind
 */
export function replay(
  memory: ReplayMemory,
  options: TransitionSteps = { steps: 1, gamma: 1 },
): OperatorFunction<Numbered<Rollout>, Numbered<Replayed>> {
  const transitionsOf = nStepTransitions(options);
  return map(({ index, batch: rollout }) => {
    const whole = rollout.actions instanceof Int32Array;
    if (whole !== (memory.action === 0))
      throw new TypeError(
        `replay: expected actions that are ${memory.action === 0 ? 'whole numbers, got lists of real ones' : `lists of ${memory.action} real numbers, got whole ones`}`,
      );
    memory.add(transitionsOf(rollout));
    return { index, batch: { rollout, memory } };
  });
}

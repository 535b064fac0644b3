import type { PhasedSchedule, StepEvent } from '../streams/index.ts';
import type { RunEvent } from './events/run-observer.ts';

/** The event that says in which phase the step of an index stands. */
export function phaseEvent(plan: PhasedSchedule, index: number): RunEvent {
  return { kind: 'phase', index, ...plan.at(index) };
}

/** Tells of the first of the steps that each player takes. */
export function firstSteps(tell: (event: RunEvent) => void): (step: StepEvent) => void {
  const known = new Set<string>();
  return ({ index, player, seconds }) => {
    if (known.has(player)) return;
    known.add(player);
    tell({ kind: 'first-step', index: index + 1, player, seconds });
  };
}

/** What to warn of where a run ends before its last phase begins; undefined where it does not. */
export function unreachedPhase(plan: PhasedSchedule, steps: number): string | undefined {
  const start = plan.starts.at(-1)!;
  if (steps > start) return undefined;
  const { name } = plan.at(steps - 1);
  const last = plan.phases.at(-1)!.name;
  return `the run ends after ${steps} steps, in phase ${name}; its last phase, ${last}, begins at step ${start}`;
}

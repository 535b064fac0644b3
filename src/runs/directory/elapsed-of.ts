import type { RunEvent } from '../events/run-observer.ts';

/**
 * The seconds of training that led to a step, by the events of a run: those of its checkpoint, over
 * all executions.
 * @param index where a resumed run goes on; without it, the last that is known
 */
export function elapsedOf(events: readonly RunEvent[], index = Infinity): number {
  const seconds = (event: RunEvent) => ('elapsed' in event ? event.elapsed : undefined);
  const last = events.findLast((event) => event.index <= index && seconds(event) !== undefined);
  return (last && seconds(last)) ?? 0;
}

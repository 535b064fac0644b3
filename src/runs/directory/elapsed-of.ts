import type { RunEvent } from '../events/run-observer.ts';

/**
 * The seconds of training that led to a turn, as the notices of a run tell: those of its checkpoint, over all executions.
 * @param index where a resumed run goes on; without it, the last that is known
 */
export function elapsedOf(notices: readonly RunEvent[], index = Infinity): number {
  const seconds = (notice: RunEvent) => ('elapsed' in notice ? notice.elapsed : undefined);
  const last = notices.findLast((notice) => notice.index <= index && seconds(notice) !== undefined);
  return (last && seconds(last)) ?? 0;
}

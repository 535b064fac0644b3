import type { TurnEvent } from '../streams/index.ts';
import { tells } from '../telemetry/index.ts';

/**
 * Which events go into the log: those that say something, and of them one for each `every` turns: the one at a multiple,
 * or the first one after it.
 * @param start the index of the first event
 */
export function logDue(every: number, start: number): (event: TurnEvent) => boolean {
  let next = Math.ceil(start / every) * every;
  return (event) => {
    if (event.index < next || !tells(event)) return false;
    next = (Math.floor(event.index / every) + 1) * every;
    return true;
  };
}

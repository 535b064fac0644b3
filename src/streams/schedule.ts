import { map, type Observable } from 'rxjs';
import type { Numbered, PhasePlace, Step } from './step.ts';

/** The player of a step, and its learning rate and phase where the schedule sets them. */
export interface ScheduledMove<Player extends string = string> {
  readonly player: Player;
  readonly rate?: number;
  readonly phase?: PhasePlace;
}

/**
 * An operator that turns every numbered item into a step of a player, for items of any type. What
 * it does is known beforehand, so that schedules can be put together (`phases`).
 */
export interface Schedule<Player extends string = string> {
  <Item>(items$: Observable<Numbered<Item>>): Observable<Step<Item, Player>>;
  /** The move of an index, a pure function. */
  readonly moveAt: (index: number) => ScheduledMove<Player>;
  /** The players that it names, where they are known. */
  readonly players?: readonly Player[];
}

/**
 * The schedule of a pure function of the index. Since it has no state, a run that begins at any
 * index goes on as if it had never stopped. An error that the function throws ends the stream.
 * @param players all that the function names
 */
export function schedule<Player extends string>(
  moveAt: (index: number) => ScheduledMove<Player>,
  players?: readonly Player[],
): Schedule<Player> {
  const operator = map(<Item>({ index, batch }: Numbered<Item>): Step<Item, Player> => {
    const { player, rate, phase } = moveAt(index);
    const step = { index, player, batch };
    if (rate === undefined && phase === undefined) return step;
    return { ...step, ...(rate !== undefined && { rate }), ...(phase && { phase }) };
  });
  return Object.assign(operator, { moveAt, ...(players && { players }) }) as Schedule<Player>;
}

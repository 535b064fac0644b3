import { map, type Observable } from 'rxjs';
import type { Numbered, Step } from './step.ts';

/** The player of a step, and its learning rate where the schedule sets one. */
export interface ScheduledMove<Player extends string = string> {
  readonly player: Player;
  readonly rate?: number;
}

/** An operator that turns every numbered item into a step of a player, for items of any type. */
export type Schedule<Player extends string = string> = <Item>(
  items$: Observable<Numbered<Item>>,
) => Observable<Step<Item, Player>>;

/**
 * The schedule of a pure function of the index. Since it has no state, a run that begins at any
 * index goes on as if it had never stopped. An error that the function throws ends the stream.
 */
export function schedule<Player extends string>(
  moveAt: (index: number) => ScheduledMove<Player>,
): Schedule<Player> {
  return map(({ index, batch }) => {
    const { player, rate } = moveAt(index);
    return rate === undefined ? { index, player, batch } : { index, player, batch, rate };
  });
}

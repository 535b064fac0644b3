import { playersOption } from './options.ts';
import { type Schedule, schedule } from './schedule.ts';

/**
 * Players in a fixed order, over and over: item `index` goes to `players[index % players.length]`.
 * A name may come more than once.
 * @throws RangeError when there is no player or a name is empty
 */
export function inOrder<const Player extends string>(players: readonly Player[]): Schedule<Player> {
  const moves = playersOption(players).map((player) => ({ player }));
  return schedule((index) => moves[index % moves.length]!, players);
}

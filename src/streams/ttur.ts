import { positiveNumber } from '../base/index.ts';
import { playersOption } from './options.ts';
import { type Schedule, schedule } from './schedule.ts';

/**
 * The two time-scale update rule: players alternate in the order of the keys, each at its own
 * learning rate, which its steps carry (Heusel et al., arXiv:1706.08500). Names that are whole
 * numbers come first, as in every JavaScript object.
 * @throws RangeError when there is no player or a rate is not a finite number above 0
 */
export function ttur<const Player extends string>(rates: Readonly<Record<Player, number>>): Schedule<Player> {
  const players = playersOption(Object.keys(rates) as Player[]);
  const moves = players.map((player) => ({ player, rate: positiveNumber(player, rates[player]) }));
  return schedule((index) => moves[index % moves.length]!, players);
}

import { show, wholeNumber } from '../base/index.ts';
import { playersOption } from './options.ts';
import { type Schedule, schedule } from './schedule.ts';

/**
 * `n` steps of the critic, then one of the generator, over and over; every step has its own batch.
 * The schedule of Wasserstein GANs (Arjovsky et al., arXiv:1701.07875, algorithm 1; Gulrajani et
 * al., arXiv:1704.00028, algorithm 1, with n = 5).
 * @param players the one who goes n times, then the one who goes once
 * @throws RangeError when `n` is not a whole number from 1, or when there are not two different
 * players
 */
export function nCritic(n: number): Schedule<'critic' | 'generator'>;
export function nCritic<const Player extends string>(
  n: number,
  players: readonly [Player, Player],
): Schedule<Player>;
export function nCritic(n: number, players: readonly string[] = ['critic', 'generator']): Schedule<string> {
  wholeNumber('nCritic', n, 1);
  const [often, once] = playersOption(players, 2);
  if (players.length !== 2 || often === once)
    throw new RangeError(`players: expected two different names, got ${show(players)}`);
  const moves = [{ player: often! }, { player: once! }] as const;
  return schedule((index) => moves[index % (n + 1) < n ? 0 : 1], players);
}

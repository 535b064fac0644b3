import type { PlayerRule } from './game.ts';
import type { Adversary } from './rivals.ts';

const adversaries = ['critic', 'generator'] as const;

/** A pair of a game that has several. */
export interface NamedPair {
  /** Behind the `@` in the names of its players: the side of its images, for example. */
  readonly at: string | number;
  /** What stands before the names of its players. @default nothing */
  readonly prefix?: string;
  readonly pair: Readonly<Record<Adversary, PlayerRule<string, string>>>;
}

/** The pair of a player, and which of the two it is. */
export type RoleOf<Pair extends NamedPair> = Pair & { readonly adversary: Adversary };

/** The players `critic@at` and `generator@at` of several pairs, in this order, and their roles. */
export function playersOfPairs<Pair extends NamedPair>(pairs: readonly Pair[]) {
  const roles = new Map<string, RoleOf<Pair>>();
  for (const pair of pairs)
    for (const adversary of adversaries)
      roles.set(`${pair.prefix ?? ''}${adversary}@${pair.at}`, { ...pair, adversary });
  return {
    players: Object.fromEntries([...roles].map(([name, { pair, adversary }]) => [name, pair[adversary]])),
    roles: roles as ReadonlyMap<string, RoleOf<Pair>>,
  };
}

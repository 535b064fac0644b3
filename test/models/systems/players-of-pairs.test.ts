import { describe, expect, it } from 'vitest';
import type { PlayerRule } from '../../../src/models/systems/game.ts';
import { playersOfPairs } from '../../../src/models/systems/players-of-pairs.ts';

const rule = (name: string) => ({ trains: [name] }) as unknown as PlayerRule<string, string>;
const pairOf = (name: string) => ({ critic: rule(`c${name}`), generator: rule(`g${name}`) });

describe('playersOfPairs', () => {
  const { players, roles } = playersOfPairs([
    { at: 8, pair: pairOf('8'), stage: 0 },
    { at: 'style', prefix: 'joint-', pair: pairOf('s'), stage: 1 },
  ]);

  it('names the players of each pair, critic first', () => {
    expect(Object.entries(players).map(([name, { trains }]) => [name, ...trains])).toEqual([
      ['critic@8', 'c8'],
      ['generator@8', 'g8'],
      ['joint-critic@style', 'cs'],
      ['joint-generator@style', 'gs'],
    ]);
  });

  it('tells what each player is', () => {
    expect(roles.get('generator@8')).toMatchObject({ at: 8, adversary: 'generator', stage: 0 });
    expect(roles.get('joint-critic@style')).toMatchObject({ at: 'style', adversary: 'critic', stage: 1 });
    expect(roles.get('critic@style')).toBeUndefined();
  });
});

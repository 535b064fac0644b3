import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src/streams/in-order.ts';
import { numbered } from '../../src/streams/numbered.ts';
import { record } from './support.ts';

describe('inOrder', () => {
  it('gives the turns to the players in order, over and over', () => {
    const names = ['encoder', 'critic', 'critic'];
    const steps = record(from(numbered(['a', 'b', 'c', 'd'])).pipe(inOrder(names))).said;
    names[0] = 'changed';
    expect(steps).toEqual([
      { index: 0, player: 'encoder', batch: 'a' },
      { index: 1, player: 'critic', batch: 'b' },
      { index: 2, player: 'critic', batch: 'c' },
      { index: 3, player: 'encoder', batch: 'd' },
      'complete',
    ]);
  });

  it.each([[[]], [['']], [[5]], [null], ['critic']])('refuses %j', (players) => {
    expect(() => inOrder(players as never)).toThrow(/^players: expected /);
  });
});

import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { numbered } from '../../src/streams/numbered.ts';
import { ttur } from '../../src/streams/ttur.ts';
import { record } from './support.ts';

describe('ttur', () => {
  it('alternates in the order of the keys, each step with the rate of its player', () => {
    expect(
      record(from(numbered(['a', 'b', 'c'])).pipe(ttur({ critic: 4e-4, generator: 1e-4 }))).said,
    ).toEqual([
      { index: 0, player: 'critic', batch: 'a', rate: 4e-4 },
      { index: 1, player: 'generator', batch: 'b', rate: 1e-4 },
      { index: 2, player: 'critic', batch: 'c', rate: 4e-4 },
      'complete',
    ]);
  });

  it.each([0, -1, Number.NaN, Infinity, '1e-4', null])('refuses the rate %s', (rate) => {
    expect(() => ttur({ critic: 1e-4, generator: rate as never })).toThrow(
      /^generator: expected a finite number above 0, got /,
    );
  });

  it('refuses to alternate between nobody', () => {
    expect(() => ttur({})).toThrow('players: expected a list of at least 1 names, got []');
  });
});

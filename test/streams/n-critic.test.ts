import { from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { nCritic } from '../../src/streams/n-critic.ts';
import { numbered } from '../../src/streams/numbered.ts';
import { record } from './support.ts';

const players = (schedule: ReturnType<typeof nCritic<string>>, count: number, start = 0) =>
  record(from(numbered(Array(count).fill('batch'), start)).pipe(schedule))
    .said.slice(0, -1)
    .map((step) => (step as { player: string }).player[0])
    .join('');

describe('nCritic', () => {
  it('gives n turns to the critic, then one to the generator', () => {
    expect(players(nCritic(5), 13)).toBe('cccccgcccccgc');
    expect(players(nCritic(1), 5)).toBe('cgcgc');
  });

  it('goes on where it stopped when the index starts later', () => {
    expect(players(nCritic(5), 4, 4)).toBe('cgcc');
  });

  it('takes other names', () => {
    expect(players(nCritic(2, ['teacher', 'pupil']), 4)).toBe('ttpt');
  });

  it.each([0, -1, 1.5, Number.NaN, Infinity, '5', null, 2 ** 60])('refuses n = %s', (n) => {
    expect(() => nCritic(n as never)).toThrow(/^nCritic: expected a whole number from 1, got /);
  });

  it.each([[[]], [['a']], [['a', 'a']], [['a', 'b', 'c']], [['a', '']], ['ab']])(
    'refuses players %j',
    (names) => {
      expect(() => nCritic(5, names as never)).toThrow(/^players: expected /);
    },
  );
});

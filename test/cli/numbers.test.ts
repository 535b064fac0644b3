import { describe, expect, it } from 'vitest';
import { numeric, optionAssignment } from '../../src/cli/numbers.ts';

describe('numeric', () => {
  it.each([
    ['12', 12],
    ['1.5', 1.5],
    ['-1', -1],
    ['1e3', 1000],
  ])('reads %s', (text, value) => {
    expect(numeric('--steps')(text)).toBe(value);
  });

  it.each(['abc', '', ' ', '12x'])('refuses %j by name', (text) => {
    expect(() => numeric('--steps')(text)).toThrow(`--steps: expected a number, got ${JSON.stringify(text)}`);
  });
});

describe('assignment', () => {
  it('gathers pairs, keeps later ones, and leaves = in the value', () => {
    const both = optionAssignment('b=x=y', optionAssignment('a=1'));
    expect([...both]).toEqual([
      ['a', '1'],
      ['b', 'x=y'],
    ]);
    expect([...optionAssignment('a=2', both)][0]).toEqual(['a', '2']);
  });

  it.each(['penalty', '=3', ''])('refuses %j', (text) => {
    expect(() => optionAssignment(text)).toThrow(`--set: expected name=value, got ${JSON.stringify(text)}`);
  });
});

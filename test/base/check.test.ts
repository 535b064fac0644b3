import { describe, expect, it } from 'vitest';
import { finiteNumber, isRecord, oneOf, positiveNumber, show, wholeNumber } from '../../src/base/index.ts';

const never = [Number.NaN, Infinity, -Infinity, '5', null, undefined, {}, [3]];

describe('wholeNumber', () => {
  it('gives back a whole number within the limits', () => {
    expect(wholeNumber('--steps', 1, 1)).toBe(1);
    expect(wholeNumber('--batch', 64, 1, 64)).toBe(64);
  });

  it.each([0, -1, 1.5, 2 ** 53, ...never])('refuses %s, naming option, rule and value', (value) => {
    expect(() => wholeNumber('--steps', value, 1)).toThrow(
      new RangeError(`--steps: expected a whole number from 1, got ${show(value)}`),
    );
  });

  it('names both limits where there are two', () => {
    expect(() => wholeNumber('--batch', 65, 1, 64)).toThrow(
      '--batch: expected a whole number from 1 to 64, got 65',
    );
  });
});

describe('finiteNumber', () => {
  it('gives back a number within the limits', () => {
    expect(finiteNumber('penalty', 0.1, 0)).toBe(0.1);
    expect(finiteNumber('mean', -3)).toBe(-3);
  });

  it.each(never)('refuses %s', (value) => {
    expect(() => finiteNumber('penalty', value)).toThrow(
      `penalty: expected a finite number, got ${show(value)}`,
    );
  });

  it('names the limits', () => {
    expect(() => finiteNumber('penalty', -1, 0)).toThrow('penalty: expected a finite number from 0, got -1');
    expect(() => finiteNumber('beta', 1, 0, 0.9)).toThrow(
      'beta: expected a finite number from 0 to 0.9, got 1',
    );
  });
});

describe('positiveNumber', () => {
  it.each([0, -1, ...never])('refuses %s', (value) => {
    expect(() => positiveNumber('rate', value)).toThrow(
      `rate: expected a finite number above 0, got ${show(value)}`,
    );
  });

  it('gives back a number above zero', () => {
    expect(positiveNumber('rate', 1e-12)).toBe(1e-12);
  });
});

describe('oneOf', () => {
  it('gives back one of the choices and refuses the rest', () => {
    expect(oneOf('sided', 'two', ['one', 'two'])).toBe('two');
    expect(() => oneOf('sided', 'both', ['one', 'two'])).toThrow(
      'sided: expected one of one, two, got "both"',
    );
  });
});

describe('show', () => {
  it('puts text in quotes and cuts what is long', () => {
    expect(show('a')).toBe('"a"');
    expect(show([1, 2])).toBe('[1,2]');
    expect(show('x'.repeat(100))).toHaveLength(60);
  });
});

it('isRecord tells an object from a list, null and a number', () => {
  expect([{}, { a: 1 }, [], null, 3, undefined].map(isRecord)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

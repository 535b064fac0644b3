import { describe, expect, it } from 'vitest';
import { choice, real, resolveOptions, whole } from '../../src/recipes/index.ts';

const options = {
  width: whole('units', 128, { min: 1, max: 8192 }),
  penalty: real('weight', 10),
  sided: choice('slopes', ['two', 'one'], 'two'),
};
const resolve = (given: Record<string, unknown>, preset = {}) =>
  resolveOptions(options, preset, new Map(Object.entries(given)));

describe('resolveOptions', () => {
  it('takes what is given, else the preset, else the fallback', () => {
    expect(resolve({ width: '64' }, { width: 32, penalty: 0.1 })).toEqual({
      width: 64,
      penalty: 0.1,
      sided: 'two',
    });
  });

  it('reads text of the command line and JSON of a config alike', () => {
    expect(resolve({ width: '64', penalty: '1e-3', sided: 'one' })).toEqual(
      resolve({ width: 64, penalty: 0.001, sided: 'one' }),
    );
  });

  it.each([
    [{ width: '1.5' }, 'set width: expected a whole number from 1 to 8192, got 1.5'],
    [{ width: 'abc' }, 'set width: expected a number, got "abc"'],
    [{ width: '' }, 'set width: expected a whole number from 1 to 8192, got ""'],
    [{ width: null }, 'set width: expected a whole number'],
    [{ penalty: '-1' }, 'set penalty: expected a finite number from 0, got -1'],
    [{ penalty: 'Infinity' }, 'set penalty: expected a finite number from 0, got Infinity'],
    [{ sided: 'three' }, 'set sided: expected one of two, one, got "three"'],
    [{ widht: '64' }, 'set: expected one of width, penalty, sided, got "widht"; did you mean width?'],
  ])('refuses %j', (given, message) => {
    expect(() => resolve(given)).toThrow(message);
  });

  it.each(['__proto__', 'constructor', 'toString'])('does not take %s for an option', (name) => {
    expect(() => resolveOptions(options, {}, new Map([[name, '1']]))).toThrow(`set: expected one of`);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

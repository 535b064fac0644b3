import { describe, expect, it } from 'vitest';
import { checkIndices } from '../../src/data/indices.ts';

describe('checkIndices', () => {
  it('gives back indices below the size', () => {
    const indices = Uint32Array.of(0, 9, 3);
    expect(checkIndices('digits', indices, 10)).toBe(indices);
    expect(checkIndices('ring8', [2 ** 52], Infinity)).toEqual([2 ** 52]);
  });

  it.each([-1, 10, 1.5, Number.NaN, Infinity, '3' as unknown as number])('refuses %s among ten', (index) => {
    expect(() => checkIndices('digits', [0, index], 10)).toThrow(
      /^digits: expected an index from 0 to 9, got .+/,
    );
  });

  it('refuses a negative index of endless data', () => {
    expect(() => checkIndices('ring8', [-1], Infinity)).toThrow('ring8: expected an index from 0, got -1');
  });
});

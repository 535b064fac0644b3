import { describe, expect, it } from 'vitest';
import { Leftovers } from '../../src/data/leftovers.ts';

describe('Leftovers', () => {
  it('counts by kind and shows the first three names', () => {
    const leftovers = new Leftovers('/x');
    expect(leftovers.lines()).toEqual([]);
    for (const name of ['a', 'b', 'c']) leftovers.add('empty', `/x/${name}`);
    leftovers.add('.gif files', '/x/y/z.gif');
    expect(leftovers.lines()).toEqual(['.gif files: 1 (y/z.gif)', 'empty: 3 (a, b, c)']);
    leftovers.add('empty', '/x/d');
    expect(leftovers.lines()[1]).toBe('empty: 4 (a, b, c, ...)');
  });
});

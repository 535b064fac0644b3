import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder } from '../../src/data/index.ts';

describe('dataFolder', () => {
  it('is what WEIR_DATA says, else in the cache of the user', () => {
    expect(dataFolder({ WEIR_DATA: 'some/where' })).toBe('some/where');
    expect(dataFolder({})).toBe(join(homedir(), '.cache', 'weir'));
    expect(dataFolder({ WEIR_DATA: '' })).toBe(join(homedir(), '.cache', 'weir'));
  });
});

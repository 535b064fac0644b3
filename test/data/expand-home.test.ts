import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandHome } from '../../src/data/expand-home.ts';

describe('expandHome', () => {
  it('puts the home directory where a path begins with a tilde', () => {
    expect(expandHome('~')).toBe(homedir());
    expect(expandHome('~/a/b')).toBe(join(homedir(), 'a', 'b'));
  });

  it.each(['/a', 'a/~/b', '~user/a', './~', ''])('leaves %o alone', (path) => {
    expect(expandHome(path)).toBe(path);
  });
});

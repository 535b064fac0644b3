import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Token, tokenFrom } from '../../src/server/token-file.ts';
import { scratchFolder } from '../support/weir.ts';

const folder = scratchFolder();

describe('tokenFrom', () => {
  it('makes a file with 32 random bytes that nobody else can read, and keeps it', () => {
    const path = join(folder, 'token');
    tokenFrom(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const secret = readFileSync(path, 'utf8').trim();
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(tokenFrom(path).matches(`Bearer ${secret}`)).toBe(true);
    tokenFrom(join(folder, 'other'));
    expect(readFileSync(join(folder, 'other'), 'utf8').trim()).not.toBe(secret);
  });

  it.each([
    [0o644, 'has mode 0644'],
    [0o640, 'has mode 0640'],
    [0o604, 'has mode 0604'],
  ])('refuses a file of mode %o', (mode, why) => {
    const path = join(folder, `mode-${mode}`);
    writeFileSync(path, 'x'.repeat(64));
    chmodSync(path, mode);
    expect(() => tokenFrom(path)).toThrow(why);
  });

  it('refuses what is no file, what is too short, and what cannot be made, and never tells the secret', () => {
    mkdirSync(join(folder, 'directory'), { mode: 0o700 });
    expect(() => tokenFrom(join(folder, 'directory'))).toThrow('is not a regular file');
    writeFileSync(join(folder, 'short'), 'tell-nobody', { mode: 0o600 });
    expect(() => tokenFrom(join(folder, 'short'))).toThrow('holds 11 characters');
    expect(() => tokenFrom(join(folder, 'short'))).not.toThrow('tell-nobody');
    symlinkSync(join(folder, 'short'), join(folder, 'link'));
    expect(() => tokenFrom(join(folder, 'link'))).toThrow('is not a regular file');
    expect(() => tokenFrom(join(folder, 'no', 'token'))).toThrow('cannot be written (ENOENT)');
  });
});

describe('Token', () => {
  it('matches itself in an Authorization header and nothing else', () => {
    const secret = 's'.repeat(43);
    const token = new Token(secret);
    expect(token.matches(`Bearer ${secret}`)).toBe(true);
    expect(token.matches(`bearer ${secret}`)).toBe(true);
    const wrong = [
      undefined,
      '',
      secret,
      'Bearer',
      'Bearer ',
      `Bearer ${secret}x`,
      `Bearer ${secret.slice(1)}`,
    ];
    for (const header of [...wrong, `Basic ${secret}`, `Bearer  ${secret}`, `Bearer ${secret} `])
      expect(token.matches(header), header).toBe(false);
  });

  it('is not matched by nothing, even where the secret were empty', () => {
    expect(new Token('').matches(undefined)).toBe(false);
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configLimit, readConfigText } from '../../../src/runs/configuration/read-text.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('readConfigText', () => {
  it('reads text without its byte order mark, up to the limit', () => {
    expect(readConfigText(file('marked.yaml', '\ufeffa: 1'))).toBe('a: 1');
    expect(readConfigText(file('long.yaml', '#'.repeat(configLimit)))).toHaveLength(configLimit);
  });

  mkdirSync(join(folder, 'folder'));
  it.each([
    ['more than the limit', file('longer.yaml', '#'.repeat(configLimit + 1)), 'bytes, got more'],
    ['a device without an end', '/dev/zero', 'bytes, got more'],
    ['bytes that are no UTF-8', file('latin.yaml', Uint8Array.of(0x61, 0xe4)), 'text in UTF-8, got other'],
    ['UTF-16', file('utf16.yaml', Buffer.from('\ufeffa: 1', 'utf16le')), 'text in UTF-8, got other'],
    ['a directory', join(folder, 'folder'), 'a YAML or JSON file, got a directory'],
    ['what is not there', join(folder, 'none'), 'a YAML or JSON file that can be read, got ENOENT'],
  ])('refuses %s by its path', (_, path, message) => {
    expect(() => readConfigText(path)).toThrow(`${path}: expected `);
    expect(() => readConfigText(path)).toThrow(message);
  });
});

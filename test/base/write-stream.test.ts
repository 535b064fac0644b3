import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeStream } from '../../src/base/index.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();

describe('writeStream', () => {
  it('writes parts one after the other, over what was there, and leaves nothing else', async () => {
    const folder = join(root, 'made');
    mkdirSync(folder);
    const path = join(folder, 'a');
    writeFileSync(path, 'old');
    let seen = '';
    async function* parts() {
      yield 'one, ';
      yield Buffer.from('two');
      seen = readFileSync(path, 'utf8');
    }
    await writeStream(path, parts());
    expect(seen).toBe('old');
    expect(readFileSync(path, 'utf8')).toBe('one, two');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('leaves what was there where the parts or the disk fail', async () => {
    const folder = join(root, 'failed');
    mkdirSync(folder);
    const path = join(folder, 'a');
    writeFileSync(path, 'old');
    function* failing() {
      yield 'part';
      throw new Error('no more');
    }
    await expect(writeStream(path, failing())).rejects.toThrow('no more');
    symlinkSync('/dev/full', join(folder, `a.${process.pid}.tmp`));
    await expect(writeStream(path, ['new'])).rejects.toThrow('ENOSPC');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
  });
});

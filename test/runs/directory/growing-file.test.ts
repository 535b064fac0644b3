import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GrowingFile } from '../../../src/runs/directory/growing-file.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();

async function read(file: GrowingFile): Promise<string[]> {
  const blocks = [];
  for await (const { text, restarted } of file.blocks())
    blocks.push(`${restarted ? 'restarted: ' : ''}${text}`);
  return blocks;
}

describe('GrowingFile', () => {
  it('has nothing where there is no file yet, and begins when it comes', async () => {
    const path = join(folder, 'later');
    const file = new GrowingFile(path);
    expect(await read(file)).toEqual([]);
    writeFileSync(path, 'one\n');
    expect(await read(file)).toEqual(['one\n']);
  });

  it('goes on where it stopped, and waits for the end of a line', async () => {
    const path = join(folder, 'grows');
    writeFileSync(path, 'one\ntw');
    const file = new GrowingFile(path);
    expect(await read(file)).toEqual(['one\n']);
    expect(await read(file)).toEqual([]);
    appendFileSync(path, 'o\nthree\n');
    expect(await read(file)).toEqual(['two\nthree\n']);
    expect(file.offset).toBe(14);
  });

  it('reads a file that has become shorter from its beginning', async () => {
    const path = join(folder, 'cut');
    writeFileSync(path, 'one\ntwo\n');
    const file = new GrowingFile(path);
    await read(file);
    writeFileSync(path, 'uno\n');
    expect(await read(file)).toEqual(['restarted: uno\n']);
  });

  it('gives blocks of whole lines, also where a line is longer than a block', async () => {
    const path = join(folder, 'long');
    const long = 'x'.repeat(700_000);
    writeFileSync(path, `${'short\n'.repeat(100_000)}${long}\nend\n`);
    const blocks = await read(new GrowingFile(path));
    expect(blocks.length).toBeGreaterThan(2);
    expect(blocks.every((block) => block.endsWith('\n'))).toBe(true);
    expect(blocks.join('')).toBe(`${'short\n'.repeat(100_000)}${long}\nend\n`);
  });

  it('says why a file that is there cannot be read', async () => {
    const broken = new GrowingFile(join(folder, 'later'), () => Promise.reject(new Error('EIO')));
    await expect(read(broken)).rejects.toThrow('EIO');
    expect(await read(new GrowingFile(folder))).toEqual([]);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { npyBytes, npyHeader, readArrays } from '../../src/data/index.ts';
import { Value } from '../../src/engine/index.ts';
import { scratchFolder } from '../support/weir.ts';
import { zipFile } from './npz-file.ts';

const root = scratchFolder();
const npy = Buffer.concat([npyHeader([2, 2]), npyBytes([1, 2, 3, 4])]);

/** What a file of this name and content gives. */
function read(name: string, content: string | Uint8Array) {
  const file = join(root, name);
  writeFileSync(file, content);
  return readArrays('latent', file);
}

describe('readArrays', () => {
  it('reads one array, or several by name', async () => {
    const rows = Value.of([1, 2, 3, 4], [2, 2]);
    expect(await read('a.npy', npy)).toEqual(rows);
    expect(await read('a.npz', zipFile({ 'arr_0.npy': npy }))).toEqual(rows);
    expect(await read('b.npz', zipFile({ 'noise.npy': npy, 'noise@8.npy': npy }))).toEqual({
      noise: rows,
      'noise@8': rows,
    });
    expect(await read('a.json', '[[1, 2], [3, 4]]')).toEqual(rows);
    expect(await read('b.json', '[1, 2.5]')).toEqual(Value.of([1, 2.5]));
    expect(await read('c.json', '{"noise": [[1, 2], [3, 4]]}')).toEqual({ noise: rows });
  });

  it.each([
    ['a.txt', '1 2', 'latent: expected a file whose name ends in .npy, .npz or .json, got'],
    ['torn.npy', npy.subarray(0, 90), 'expected an array in the npy format|expected .* bytes|the file ends'],
    ['torn.json', '[[1, 2], [3', 'expected JSON'],
    ['ragged.json', '[[1, 2], [3]]', 'expected numbers, or rows of numbers, got \\[3\\]'],
    ['text.json', '[1, "2"]', 'expected numbers, or rows of numbers, got "2"'],
    ['empty.json', '[]', 'expected numbers, or rows of numbers, got \\[\\]'],
    ['deep.json', '{"noise": {"a": 1}}', 'noise: expected numbers, or rows of numbers, got'],
  ])('refuses %s', async (name, content, message) => {
    await expect(read(name, content)).rejects.toThrow(new RegExp(message));
  });

  it('refuses a file that is not there', async () => {
    await expect(readArrays('latent', join(root, 'gone.npy'))).rejects.toThrow('found no such file');
  });
});

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCaptions } from '../../src/data/caption-files.ts';
import { folderWith } from './temporary.ts';

it('reads names with commas, empty lines, and captions over several lines', async () => {
  const text = '"a, b.png","one\ntwo"\n\nc.png,three';
  const file = join(folderWith({ 'captions.csv': text }), 'captions.csv');
  expect([...(await readCaptions(file))]).toEqual([
    ['a, b.png', ['one\ntwo']],
    ['c.png', ['three']],
  ]);
});

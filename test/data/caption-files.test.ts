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

it.each([
  ['a.png,"one\ntwo"\n\nb.png,three,four\n', 'line 4: expected a name and a caption, got 3 columns'],
  ['file,caption\r\na.png,"one\r\ntwo"\r\nb.png\r\n', 'line 4: expected a name and a caption, got 1 columns'],
  ['a.png,"one\ntwo"\nb.png,th"ree\n', 'line 3: expected fields between commas, or in double quotes'],
])('counts lines, also those inside of quotes (%#)', async (text, message) => {
  const file = join(folderWith({ 'captions.csv': text }), 'captions.csv');
  await expect(readCaptions(file)).rejects.toThrow(message);
});

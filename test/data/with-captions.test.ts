import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCaptions } from '../../src/data/caption-files.ts';
import { heldImages } from '../../src/data/held-images.ts';
import { isCaptioned, ring8, shapes, withCaptions } from '../../src/data/index.ts';
import { folderWith } from './temporary.ts';

const images = heldImages({ name: 'greys', shape: [1, 1, 1], pixels: Uint8Array.of(0, 255) });

describe('withCaptions', () => {
  it('makes an example of each caption, with the tokens of its words', () => {
    const dataset = withCaptions(images, [['A black dot', 'nothing'], ['white dot']]);
    expect(dataset).toMatchObject({ size: 3, parts: { tokens: [3] } });
    expect(dataset.tokeniser.vocabulary).toEqual(['a', 'black', 'dot', 'nothing', 'white']);
    const { examples, parts } = dataset.read([2, 1, 0]);
    expect([...examples.data]).toEqual([1, -1, -1]);
    expect(parts!.tokens!.shape).toEqual([3, 3]);
    expect([...parts!.tokens!.data]).toEqual([6, 4, 0, 5, 0, 0, 2, 3, 4]);
    expect(dataset.captions([1, 2])).toEqual(['nothing', 'white dot']);
    expect(dataset.fingerprint).not.toBe(withCaptions(images, [['a'], ['b']]).fingerprint);
  });

  it('refuses captions that do not fit the examples', () => {
    expect(() => withCaptions(images, [['a']])).toThrow(
      new RangeError('withCaptions: expected captions for the 2 examples of greys, got 1'),
    );
    expect(() => withCaptions(images, [['a'], []])).toThrow('got none for example 1');
    expect(() => withCaptions(images, [['?'], ['a']])).toThrow('expected words in each caption');
    expect(() => withCaptions(images, [['a'], ['b']]).read([2])).toThrow('expected an index from 0 to 1');
  });
});

it('tells data with captions from other data', () => {
  expect(isCaptioned(shapes())).toBe(true);
  expect(isCaptioned(ring8())).toBe(false);
});

describe('caption files', () => {
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
    [
      'file,caption\r\na.png,"one\r\ntwo"\r\nb.png\r\n',
      'line 4: expected a name and a caption, got 1 columns',
    ],
    ['a.png,"one\ntwo"\nb.png,th"ree\n', 'line 3: expected fields between commas, or in double quotes'],
  ])('counts lines, also those inside of quotes (%#)', async (text, message) => {
    const file = join(folderWith({ 'captions.csv': text }), 'captions.csv');
    await expect(readCaptions(file)).rejects.toThrow(message);
  });
});

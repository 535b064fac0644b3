import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePng } from '../../src/data/decode-png.ts';
import { DataError } from '../../src/data/index.ts';
import { mended, pngFile } from './png-file.ts';

const read = (type: number, samples: readonly number[], more = {}) =>
  decodePng('f', pngFile({ width: 2, height: 1, type, ...more }, samples));

describe('decodePng', () => {
  it('reads colour as three channels', () => {
    const pixels = Uint8Array.of(255, 0, 10, 1, 2, 3);
    expect(read(2, [255, 0, 10, 1, 2, 3])).toEqual({ width: 2, height: 1, channels: 3, pixels });
  });

  it('reads grey as one channel', () => {
    expect(read(0, [7, 200])).toMatchObject({ channels: 1, pixels: Uint8Array.of(7, 200) });
  });

  it('reads a palette as three channels', () => {
    const picture = read(3, [1, 0], { palette: [9, 8, 7, 255, 128, 0] });
    expect(picture).toMatchObject({ channels: 3, pixels: Uint8Array.of(255, 128, 0, 9, 8, 7) });
  });

  it('lays what is transparent over white', () => {
    expect([...read(6, [100, 50, 0, 0, 100, 50, 0, 102]).pixels]).toEqual([255, 255, 255, 193, 173, 153]);
    expect(read(4, [0, 0, 50, 255])).toMatchObject({ channels: 1, pixels: Uint8Array.of(255, 50) });
  });

  it('reads sixteen bits a channel as eight', () => {
    expect([...read(0, [65535, 32896], { depth: 16 }).pixels]).toEqual([255, 128]);
  });

  it('reads an interlaced picture, and refuses one that lacks rows', () => {
    const one = pngFile({ width: 1, height: 1, type: 0, interlaced: true }, [77]);
    expect(decodePng('f', one)).toMatchObject({ width: 1, height: 1, pixels: Uint8Array.of(77) });
    const two = mended(Uint8Array.from(one).fill(2, 23, 24));
    expect(() => decodePng('f', two)).toThrow(DataError);
  });

  const form = { width: 4, height: 4, type: 6 };
  const samples = Array.from({ length: 64 }, (_, i) => (i * 37) % 256);
  const good = pngFile(form, samples);
  const without = (at: number, value: number) => Uint8Array.from(good).fill(value, at, at + 1);

  it.each([
    ['an empty file', new Uint8Array(), 0],
    ['another kind of file', Buffer.from('GIF89a and so on and on and on and on'), 0],
    ['a file that ends in the header', good.subarray(0, 20), 20],
    ['another first chunk', without(12, 0x4a), 8],
    ['a picture of no width', mended(without(19, 0)), 16],
    ['a picture larger than its file can hold', mended(without(16, 0x7f)), 16],
    ['a colour type that there is not', mended(without(25, 5)), undefined],
    ['data that ends early', good.subarray(0, good.length - 40), undefined],
    ['a byte that was changed', without(60, good[60]! ^ 1), undefined],
    ['fewer rows than the header names', mended(without(23, 5)), undefined],
  ])('refuses %s', (_, bytes, offset) => {
    expect(() => decodePng('dog.png', bytes)).toThrow(DataError);
    expect(() => decodePng('dog.png', bytes)).toThrow(expect.objectContaining({ file: 'dog.png', offset }));
  });

  it('reads right or refuses, whatever is changed, with the checksums mended or not', () => {
    const changes = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 3 });
    const outcomes = { read: 0, refused: 0 };
    fc.assert(
      fc.property(changes, fc.boolean(), fc.nat(3 * good.length), (places, mend, length) => {
        const changed = Uint8Array.from(good.subarray(0, length));
        for (const [at, value] of places) changed[at] = value;
        const file = mend ? mended(changed) : changed;
        try {
          const picture = decodePng('f', file);
          const { width, height, channels, pixels } = picture;
          expect(pixels.length).toBe(width * height * channels);
          expect(decodePng('f', file)).toEqual(picture);
          outcomes.read++;
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
          outcomes.refused++;
        }
      }),
      { numRuns: 1000, seed: 1 },
    );
    expect(outcomes.read).toBeGreaterThan(10);
    expect(outcomes.refused).toBeGreaterThan(10);
  });
});

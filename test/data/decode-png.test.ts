import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePng, inspectPng } from '../../src/data/decode-png.ts';
import { DataError } from '../../src/data/index.ts';
import { exif } from './picture-files.ts';
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

  it('reads one, two and four bits a sample, grey and as places in a palette', () => {
    expect([...read(0, [1, 0], { depth: 1 }).pixels]).toEqual([255, 0]);
    expect([...read(0, [1, 2], { depth: 2 }).pixels]).toEqual([85, 170]);
    expect([...read(0, [1, 15], { depth: 4 }).pixels]).toEqual([17, 255]);
    expect([...read(3, [1, 0], { depth: 1, palette: [9, 8, 7, 255, 128, 0] }).pixels]).toEqual([
      255, 128, 0, 9, 8, 7,
    ]);
  });

  it('lays over white what a palette or a colour of its own makes transparent', () => {
    const palette = { palette: [9, 8, 7, 255, 128, 0], chunks: { tRNS: Uint8Array.of(0) } };
    expect([
      ...read(2, [1, 2, 3, 4, 5, 6], { chunks: { tRNS: Uint8Array.of(0, 1, 0, 2, 0, 3) } }).pixels,
    ]).toEqual([255, 255, 255, 4, 5, 6]);
    expect([...read(3, [0, 1], palette).pixels]).toEqual([255, 255, 255, 255, 128, 0]);
  });

  it.each([
    [1, 1],
    [3, 2],
    [9, 13],
  ])('reads an interlaced picture of %i x %i as the plain one', (width, height) => {
    for (const type of [0, 2]) {
      const values = Array.from({ length: width * height * (type + 1) }, (_, i) => (i * 37) % 256);
      const plain = decodePng('f', pngFile({ width, height, type }, values));
      expect(plain.pixels).toEqual(Uint8Array.from(values));
      expect(decodePng('f', pngFile({ width, height, type, interlaced: true }, values))).toEqual(plain);
    }
  });

  it('refuses an interlaced picture that lacks rows', () => {
    const one = pngFile({ width: 1, height: 1, type: 0, interlaced: true }, [77]);
    expect(() => decodePng('f', mended(Uint8Array.from(one).fill(2, 23, 24)))).toThrow(
      'f: at byte 41: expected 4 bytes of rows, got 2',
    );
    const all = pngFile({ width: 9, height: 13, type: 0, interlaced: true }, new Array(9 * 13).fill(0));
    // One row more, which is in the last pass: 143 bytes and 1 + 9.
    expect(() => decodePng('f', mended(Uint8Array.from(all).fill(14, 23, 24)))).toThrow(
      'expected 153 bytes of rows, got 143',
    );
  });

  it('turns the picture as an eXIf chunk says', () => {
    const file = pngFile({ width: 2, height: 1, type: 0, chunks: { eXIf: exif(6) } }, [7, 9]);
    expect(decodePng('f', file)).toMatchObject({ width: 1, height: 2, pixels: Uint8Array.of(7, 9) });
    expect(inspectPng('f', file)).toEqual({ width: 1, height: 2, channels: 1 });
  });

  it('reads a file with bytes after its end', () => {
    const file = pngFile({ width: 2, height: 1, type: 0 }, [7, 9]);
    expect(decodePng('f', Buffer.concat([file, Buffer.from('a trailer')]))).toEqual(decodePng('f', file));
  });

  it('tells size and channels without unpacking', () => {
    const file = pngFile({ width: 3, height: 2, type: 4 }, new Array(12).fill(0));
    expect(inspectPng('f', file)).toEqual({ width: 3, height: 2, channels: 1 });
    const broken = Uint8Array.from(file);
    broken[50]! ^= 255;
    expect(inspectPng('f', mended(broken))).toEqual({ width: 3, height: 2, channels: 1 });
    expect(() => decodePng('f', mended(broken))).toThrow('f: at byte 41: broken image data (');
  });

  it('refuses a hundred and a thousand million pixels by the header, before anything is unpacked', () => {
    for (const side of [10_000, 31_623]) {
      const header = pngFile({ width: 1, height: 1, type: 0 }, [0]);
      new DataView(header.buffer, header.byteOffset).setUint32(16, side);
      new DataView(header.buffer, header.byteOffset).setUint32(20, side);
      const bomb = mended(header);
      for (const look of [decodePng, inspectPng])
        expect(() => look('f', bomb)).toThrow(
          `f: at byte 16: expected at most 64000000 pixels, got ${side} x ${side}`,
        );
    }
  });

  it('refuses image data that unpacks to far more than its rows', () => {
    const rows = deflateSync(Buffer.alloc(10_000_000));
    for (const interlaced of [false, true]) {
      const one = pngFile({ width: 1, height: 1, type: 0, interlaced }, [0]);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(rows.length);
      const file = mended(
        Buffer.concat([
          one.subarray(0, 33),
          length,
          Buffer.from('IDAT'),
          rows,
          Buffer.alloc(4),
          one.subarray(-12),
        ]),
      );
      expect(() => decodePng('f', file)).toThrow(
        'f: at byte 41: expected 2 bytes of rows, and the image data holds more',
      );
    }
  });

  const form = { width: 4, height: 4, type: 6 };
  const samples = Array.from({ length: 64 }, (_, i) => (i * 37) % 256);
  const good = pngFile(form, samples);
  const without = (at: number, value: number) => Uint8Array.from(good).fill(value, at, at + 1);

  it.each([
    ['an empty file', new Uint8Array(), 0],
    ['another kind of file', Buffer.from('GIF89a and so on and on and on and on'), 0],
    ['a file that ends in the header', good.subarray(0, 20), 16],
    ['another first chunk', mended(without(12, 0x4a)), 8],
    ['a picture of no width', mended(without(19, 0)), 16],
    ['a picture larger than its file can hold', mended(without(18, 0x40)), 16],
    ['a bit depth that the colour type has not', mended(without(24, 4)), 24],
    ['a colour type that there is not', mended(without(25, 5)), 25],
    ['an interlace method that there is not', mended(without(28, 2)), 28],
    ['data that ends early', good.subarray(0, good.length - 40), 41],
    ['a byte that was changed', without(60, good[60]! ^ 1), good.length - 16],
    ['fewer rows than the header names', mended(without(23, 5)), 41],
    ['no image data', Buffer.concat([good.subarray(0, 33), good.subarray(-12)]), 45],
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

import { describe, expect, it } from 'vitest';
import { DataError } from '../../src/data/index.ts';
import { readJpegHeader } from '../../src/data/jpeg-header.ts';
import { exif, jpegFile, jpegWithExif, plain } from './picture-files.ts';

const segment = (marker: number, ...data: number[]) => [0xff, marker, 0, data.length + 2, ...data];
const frame = (height: number, width: number, components: number, precision = 8, marker = 0xc0) =>
  segment(marker, precision, height >> 8, height & 255, width >> 8, width & 255, components);
const scan = [...segment(0xda, 0), 1, 0xff, 0, 2, 0xff, 0xd0, 3];
const file = (...parts: (readonly number[])[]) => Uint8Array.from([0xff, 0xd8, ...parts.flat()]);
const end = [0xff, 0xd9];

describe('readJpegHeader', () => {
  it('finds size, channels and the first scan of real files', () => {
    for (const progressive of [false, true]) {
      const colour = readJpegHeader('f', jpegFile(plain(17, 9, 1, 2, 3), { progressive }));
      expect(colour).toMatchObject({ width: 17, height: 9, channels: 3, orientation: 1 });
      expect(readJpegHeader('f', jpegFile(plain(4, 5, 1, 1, 1), { grey: true, progressive })).channels).toBe(
        1,
      );
    }
    expect(readJpegHeader('f', jpegWithExif(jpegFile(plain(2, 2, 1, 2, 3)), exif(8))).orientation).toBe(8);
  });

  it('takes zeros after ff and restart markers for data, ff before a marker for filling, and leaves alone what follows the end', () => {
    const header = { width: 3, height: 258, channels: 1, orientation: 1, scanOffset: 14 };
    expect(readJpegHeader('f', file(frame(258, 3, 1), scan, [0xff], end, [9, 9]))).toEqual(header);
  });

  it.each([
    ['no JPEG at all', Uint8Array.of(1, 2, 3), 'at byte 0: expected a JPEG file'],
    ['an empty file', new Uint8Array(), 'at byte 0: expected a JPEG file'],
    ['what is no marker', file([7]), 'at byte 2: expected a marker (ff), got 07'],
    ['an end before the picture', file(end), 'at byte 2: expected a picture before the marker that ends it'],
    ['a frame without a scan', file(frame(1, 1, 1), end), 'at byte 12: expected a picture before'],
    [
      'a cut scan',
      file(frame(1, 1, 1), scan),
      'at byte 24: expected the marker that ends a JPEG picture, and the file ends',
    ],
    [
      'a cut segment',
      file([0xff, 0xe0, 0, 9, 1]),
      'at byte 4: expected a segment of 9 bytes, and the file ends',
    ],
    [
      'a segment shorter than its length',
      file([0xff, 0xe0, 0, 1, 1]),
      'at byte 4: expected a segment of 1 bytes',
    ],
    ['a marker and no more', file([0xff, 0xe0]), 'at byte 4: expected a segment of 0 bytes'],
    ['filling and no more', file([0xff, 0xff]), 'at byte 4: expected the marker that ends'],
    [
      'CMYK',
      file(frame(1, 1, 4), scan, end),
      'at byte 11: expected 1 or 3 colour components, got 4 (CMYK; convert the file to RGB)',
    ],
    [
      'two components',
      file(frame(1, 1, 2), scan, end),
      'at byte 11: expected 1 or 3 colour components, got 2',
    ],
    ['12 bits', file(frame(1, 1, 1, 12), scan, end), 'at byte 6: expected 8 bits a sample, got 12'],
    [
      'a lossless frame',
      file(frame(1, 1, 1, 8, 0xc3), scan, end),
      'at byte 3: expected a baseline or progressive JPEG (SOF0 to SOF2), got SOF3',
    ],
    ['arithmetic coding', file(frame(1, 1, 1, 8, 0xc9), scan, end), 'got SOF9'],
    [
      'a short frame',
      file(segment(0xc0, 8, 0, 1), scan, end),
      'at byte 4: expected a frame header of at least 8 bytes',
    ],
    [
      'no rows',
      file(frame(0, 1, 1), scan, end),
      'at byte 7: expected a picture from 1 x 1 pixels, got 1 x 0',
    ],
    [
      '4,295 million pixels',
      file(frame(65_535, 65_535, 3), scan, end),
      'at byte 7: expected at most 64000000 pixels, got 65535 x 65535',
    ],
    [
      'very many scans',
      file(frame(1, 1, 1), new Array(101).fill(scan).flat(), end),
      'expected at most 100 scans, got more',
    ],
  ])('refuses %s', (_, bytes, rule) => {
    expect(() => readJpegHeader('f', bytes)).toThrow(DataError);
    expect(() => readJpegHeader('f', bytes)).toThrow(rule);
  });
});

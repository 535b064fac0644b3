import { describe, expect, it } from 'vitest';
import { decodePicture, inspectPicture } from '../../src/data/decode-picture.ts';
import { DataError } from '../../src/data/index.ts';
import { jpegFile, plain, webpFile } from './picture-files.ts';
import { pngFile } from './png-file.ts';

describe('decodePicture', () => {
  it.each([
    ['PNG', pngFile({ width: 2, height: 3, type: 2 }, plain(2, 3, 9, 9, 9).rgb)],
    ['JPEG', jpegFile(plain(2, 3, 9, 9, 9))],
    ['WebP', webpFile(plain(2, 3, 9, 9, 9))],
  ])('knows a %s file by its first bytes', async (_, bytes) => {
    expect(await decodePicture('f', bytes)).toMatchObject({ width: 2, height: 3, channels: 3 });
    expect(inspectPicture('f', bytes)).toEqual({ width: 2, height: 3, channels: 3 });
  });

  it('refuses what is none of them, showing how it starts', async () => {
    for (const [bytes, rule] of [
      [Buffer.from('GIF89a and more'), 'got a file that starts with 47 49 46 38 39 61 20 61'],
      [new Uint8Array(), 'got an empty file'],
    ] as const) {
      await expect(decodePicture('f', bytes)).rejects.toThrow(
        `f: at byte 0: expected a PNG, JPEG or WebP picture, ${rule}`,
      );
      await expect(decodePicture('f', bytes)).rejects.toBeInstanceOf(DataError);
    }
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeJpeg as decode, inspectJpeg, jpegCodec } from '../../src/data/decode-jpeg.ts';
import { DataError } from '../../src/data/index.ts';
import { expectBoth, fuzz } from './fuzz.ts';
import { exif, jpegFile, jpegWithExif, plain, type Rgb } from './picture-files.ts';
import { pillowFiles } from './pillow-files.ts';

/** Red above, blue below. */
const halves: Rgb = {
  width: 8,
  height: 16,
  rgb: [...plain(8, 8, 250, 10, 20).rgb, ...plain(8, 8, 20, 10, 250).rgb],
};
const near = (pixels: ArrayLike<number>, expected: readonly number[]) =>
  expect(Math.max(...expected.map((value, i) => Math.abs(value - pixels[i]!)))).toBeLessThanOrEqual(3);

async function decodeJpeg(file: string, bytes: Uint8Array) {
  await jpegCodec.load();
  return decode(file, bytes);
}

describe('decodeJpeg', () => {
  it('reads colour as three channels, baseline and progressive', async () => {
    for (const progressive of [false, true]) {
      const picture = await decodeJpeg('f', jpegFile(halves, { progressive }));
      expect(picture).toMatchObject({ width: 8, height: 16, channels: 3 });
      near(picture.pixels, halves.rgb);
    }
  });

  it('reads grey as one channel', async () => {
    const picture = await decodeJpeg('f', jpegFile(plain(3, 5, 200, 200, 200), { grey: true }));
    expect(picture).toMatchObject({ width: 3, height: 5, channels: 1 });
    near(picture.pixels, new Array(15).fill(200));
  });

  it.each(['baseline', 'progressive'] as const)('gives the pixels that Pillow gives: %s', async (form) => {
    const { file, sha256 } = pillowFiles[form];
    const picture = await decodeJpeg('f', Buffer.from(file, 'base64'));
    expect(picture).toMatchObject({ width: 7, height: 5, channels: 3 });
    expect(createHash('sha256').update(picture.pixels).digest('hex')).toBe(sha256);
  });

  it('turns the picture as its Exif data says', async () => {
    const file = jpegWithExif(jpegFile(halves), exif(6));
    expect(inspectJpeg('f', file)).toEqual({ width: 16, height: 8, channels: 3 });
    const picture = await decodeJpeg('f', file);
    expect(picture).toMatchObject({ width: 16, height: 8 });
    near(picture.pixels.subarray(0, 3), [20, 10, 250]);
    near(picture.pixels.subarray(-3), [250, 10, 20]);
  });

  it('reads a file with bytes after its end', async () => {
    const file = jpegFile(halves);
    expect(await decodeJpeg('f', Buffer.concat([file, Buffer.from('trailer')]))).toEqual(
      await decodeJpeg('f', file),
    );
  });

  it('refuses data that the decoder would fill up by a guess, and reads on after a refusal', async () => {
    const rgb = Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * i * 7) % 256);
    const file = jpegFile({ width: 32, height: 32, rgb });
    const cut = Buffer.concat([file.subarray(0, file.length - 500), Uint8Array.of(0xff, 0xd9)]);
    for (let step = 0; step < 3; step++) {
      await expect(decodeJpeg('f', cut)).rejects.toThrow(
        /^f: at byte \d+: broken JPEG data \(Corrupt JPEG data: premature end/,
      );
      expect((await decodeJpeg('f', file)).width).toBe(32);
    }
    const noTables = Buffer.concat([
      file.subarray(0, 2),
      file.subarray(file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc0)),
    ]);
    await expect(decodeJpeg('f', noTables)).rejects.toBeInstanceOf(DataError);
  });

  it('reads or refuses, whatever is changed', async () => {
    expectBoth(await fuzz(jpegFile(halves), (bytes) => decodeJpeg('f', bytes)));
    expectBoth(
      await fuzz(jpegWithExif(jpegFile(halves, { progressive: true }), exif(3)), (bytes) =>
        decodeJpeg('f', bytes),
      ),
    );
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeWebp as decode, inspectWebp, webpCodec } from '../../src/data/decode-webp.ts';
import { DataError } from '../../src/data/index.ts';
import { expectBoth, fuzz } from './fuzz.ts';
import { exif, plain, riff, riffChunk, webpFile, webpWithExif } from './picture-files.ts';
import { pillowFiles } from './pillow-files.ts';

const rgb = [9, 80, 7, 6, 5, 4, 99, 2, 1, 0, 60, 255];
const four = { width: 2, height: 2, rgb };
const lossless = webpFile(four);
const lossy = webpFile(plain(7, 5, 200, 100, 50), { lossless: false });
const changed = (file: Uint8Array, at: number, value: number) =>
  Uint8Array.from(file).fill(value, at, at + 1);

async function decodeWebp(file: string, bytes: Uint8Array) {
  await webpCodec.load();
  return decode(file, bytes);
}

describe('decodeWebp', () => {
  it('reads lossless files to the bit and lossy ones nearly', async () => {
    expect(await decodeWebp('f', lossless)).toEqual({
      width: 2,
      height: 2,
      channels: 3,
      pixels: Uint8Array.from(rgb),
    });
    const picture = await decodeWebp('f', lossy);
    expect(picture).toMatchObject({ width: 7, height: 5, channels: 3 });
    for (const [i, value] of [200, 100, 50].entries())
      expect(Math.abs(picture.pixels[i]! - value)).toBeLessThanOrEqual(3);
    expect(inspectWebp('f', lossy)).toEqual({ width: 7, height: 5, channels: 3 });
    expect(inspectWebp('f', lossless)).toEqual({ width: 2, height: 2, channels: 3 });
  });

  it('gives the pixels that Pillow gives', async () => {
    const picture = await decodeWebp('f', Buffer.from(pillowFiles.webp.file, 'base64'));
    expect(picture).toMatchObject({ width: 7, height: 5, channels: 3 });
    expect(createHash('sha256').update(picture.pixels).digest('hex')).toBe(pillowFiles.webp.sha256);
  });

  it('lays what is transparent over white', async () => {
    const file = webpFile({ width: 2, height: 1, rgb: [100, 50, 0, 100, 50, 0] }, { alpha: [0, 102] });
    expect([...(await decodeWebp('f', file)).pixels]).toEqual([255, 255, 255, 193, 173, 153]);
  });

  it('turns the picture as its Exif data says, with the prefix of JPEG or without', async () => {
    const wide = webpFile({ width: 2, height: 1, rgb: [1, 2, 3, 4, 5, 6] });
    for (const data of [exif(8), Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(8)])]) {
      const file = webpWithExif(wide, 2, 1, data);
      expect(inspectWebp('f', file)).toEqual({ width: 1, height: 2, channels: 3 });
      expect(await decodeWebp('f', file)).toMatchObject({
        width: 1,
        height: 2,
        pixels: Uint8Array.of(4, 5, 6, 1, 2, 3),
      });
    }
  });

  it('reads a file with bytes after its end', async () => {
    expect(await decodeWebp('f', Buffer.concat([lossless, Buffer.from('trailer')]))).toEqual(
      await decodeWebp('f', lossless),
    );
  });

  it.each([
    ['another file', Buffer.from('RIFF....WAVEfmt '), 'at byte 0: expected a WebP file (RIFF, a size, WEBP)'],
    ['an empty file', new Uint8Array(), 'at byte 0: expected a WebP file'],
    [
      'a cut file',
      lossless.subarray(0, lossless.length - 3),
      `at byte ${lossless.length - 3}: expected a WebP file of ${lossless.length} bytes`,
    ],
    [
      'a container without a picture',
      riff(riffChunk('XMP ', Buffer.from('ab'))),
      'at byte 22: expected a picture (a chunk VP8 or VP8L)',
    ],
    [
      'an animation',
      riff(riffChunk('VP8X', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0, 0))),
      'at byte 20: expected a still picture, got an animation',
    ],
    ['a chunk beyond the container', changed(lossless, 17, 0x7f), 'at byte 20: expected 325'],
    [
      'a lossless picture that does not start as one',
      changed(lossless, 20, 1),
      'at byte 20: expected the start of a lossless picture',
    ],
    [
      'a lossy picture that does not start as one',
      changed(lossy, 23, 1),
      'at byte 20: expected the start of a lossy picture',
    ],
    [
      'more pixels than are allowed',
      changed(changed(changed(lossless, 22, 0xff), 23, 0xff), 24, 0x0f),
      'at byte 21: expected at most 64000000 pixels, got 16',
    ],
  ])('refuses %s', async (_, bytes, rule) => {
    await expect(decodeWebp('f', bytes)).rejects.toBeInstanceOf(DataError);
    await expect(decodeWebp('f', bytes)).rejects.toThrow(`f: ${rule}`);
    expect(() => inspectWebp('f', bytes)).toThrow(`f: ${rule}`);
  });

  it('refuses broken data inside, and reads on after a refusal', async () => {
    const broken = Uint8Array.from(lossy).fill(0xff, 30);
    for (let step = 0; step < 3; step++) {
      await decodeWebp('f', broken).catch((error: unknown) => expect(error).toBeInstanceOf(DataError));
      expect((await decodeWebp('f', lossless)).width).toBe(2);
    }
  });

  it('reads or refuses, whatever is changed', async () => {
    for (const file of [lossless, lossy, webpWithExif(lossless, 2, 2, exif(5))])
      expectBoth(await fuzz(file, (bytes) => decodeWebp('f', bytes)));
  });
});

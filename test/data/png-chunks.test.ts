import { describe, expect, it } from 'vitest';
import { DataError } from '../../src/data/index.ts';
import { pngChunks } from '../../src/data/png-chunks.ts';
import { pngFile } from './png-file.ts';

const good = pngFile({ width: 1, height: 1, type: 0, chunks: { tEXt: Buffer.from('a\0b') } }, [7]);
const changed = (at: number, value: number) => Uint8Array.from(good).fill(value, at, at + 1);

describe('pngChunks', () => {
  it('gives every chunk up to IEND, and leaves alone what comes after it', () => {
    const found = [...pngChunks('f', Buffer.concat([good, Buffer.from('more')]))];
    expect(found.map(({ name, offset }) => [name, offset])).toEqual([
      ['IHDR', 16],
      ['tEXt', 41],
      ['IDAT', 56],
      ['IEND', good.length - 4],
    ]);
    expect(Buffer.from(found[1]!.data).toString('latin1')).toBe('a\0b');
  });

  it.each([
    [
      'a checksum that is wrong',
      changed(41, 0x62),
      'at byte 44: expected the CRC de0f1c62 of the chunk tEXt, got dc49a23b',
    ],
    ['a name that is none', changed(37, 0x20), 'at byte 37: expected the name of a chunk, got " EXt"'],
    [
      'a cut chunk',
      good.subarray(0, 47),
      'at byte 41: expected 3 bytes of the chunk tEXt, and the file ends after 6',
    ],
    ['a cut frame', good.subarray(0, 38), 'at byte 33: expected a chunk, and the file ends within it'],
    ['no IEND', good.subarray(0, good.length - 12), 'expected the chunk IEND, and the file ends'],
    [
      'a length beyond the file',
      changed(33, 0x7f),
      'at byte 41: expected 2130706435 bytes of the chunk tEXt',
    ],
  ])('refuses %s', (_, bytes, rule) => {
    expect(() => [...pngChunks('f', bytes)]).toThrow(DataError);
    expect(() => [...pngChunks('f', bytes)]).toThrow(rule);
  });
});

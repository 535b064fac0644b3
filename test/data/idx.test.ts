import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdx } from '../../src/data/idx.ts';
import { DataError } from '../../src/data/index.ts';
import { idxFile } from './idx-file.ts';

const pixels = Array.from({ length: 24 }, (_, i) => i);
const good = idxFile([2, 3, 4], pixels);

const changed = (at: number, value: number) => {
  const bytes = Uint8Array.from(good);
  bytes[at] = value;
  return bytes;
};

describe('parseIdx', () => {
  it('reads dimensions and data', () => {
    const { dimensions, data } = parseIdx('f', good, 3);
    expect(dimensions).toEqual([2, 3, 4]);
    expect([...data]).toEqual(pixels);
  });

  it.each([
    ['an empty file', new Uint8Array(), 0, 'expected an idx header of 16 bytes, and the file ends'],
    ['a header that ends', good.subarray(0, 15), 15, 'expected an idx header of 16 bytes, and the file ends'],
    [
      'another kind of file',
      Buffer.from('PNG or something longer'),
      0,
      'expected an idx file (two zero bytes first), got 50 4e 47 20',
    ],
    ['floats', changed(2, 0x0d), 2, 'expected the idx type 08 (unsigned byte), got 0d'],
    ['another rank', changed(3, 1), 3, 'expected an idx array of rank 3, got rank 1'],
    ['no columns', changed(15, 0), 12, 'expected a dimension from 1, got 0'],
    ['data that ends early', good.subarray(0, 30), 30, 'expected 24 bytes of data for 2 x 3 x 4, got 14'],
    [
      'data that goes on',
      Buffer.concat([good, Buffer.alloc(5)]),
      40,
      'expected 24 bytes of data for 2 x 3 x 4, got 29',
    ],
    [
      'a header that promises far too much',
      changed(4, 0xff),
      40,
      'expected 51338280984 bytes of data for 4278190082 x 3 x 4, got 24',
    ],
  ] as const)('refuses %s', (_, bytes, offset, rule) => {
    const refused = (() => {
      try {
        return parseIdx('f', bytes, 3);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(DataError);
    expect(refused).toMatchObject({ offset });
    if (typeof rule === 'string')
      expect((refused as DataError).message).toBe(`f: at byte ${offset}: ${rule}`);
  });

  it('reads right or refuses, whatever the header', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.tuple(fc.nat(15), fc.nat(255)).map(([at, value]) => changed(at, value)),
      fc
        .tuple(fc.nat(3), fc.nat(3), fc.nat(3))
        .map((shape) => idxFile(shape, new Uint8Array(shape[0] * shape[1] * shape[2]))),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom(1, 3), (file, rank) => {
        try {
          const { dimensions, data } = parseIdx('f', file, rank);
          expect(dimensions).toHaveLength(rank);
          expect(data.length).toBe(dimensions.reduce((a, b) => a * b, 1));
          expect(data.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});

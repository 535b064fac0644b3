import { describe, expect, it } from 'vitest';
import { npyBytes, npyHeader } from '../../src/data/index.ts';
import { parseNpy } from '../../src/data/npy.ts';

describe('the npy format', () => {
  it.each([[[3]], [[2, 3]], [[1, 2, 2, 1]], [[0, 4]]])('of %j is read back as it was written', (shape) => {
    const size = shape.reduce((product, side) => product * side, 1);
    const numbers = Float32Array.from({ length: size }, (_, i) => i / 3 - 0.1);
    const file = Buffer.concat([npyHeader(shape), npyBytes(numbers)]);
    const { shape: read, data } = parseNpy('file', file);
    expect(read).toEqual(shape);
    expect(data).toEqual(numbers);
  });

  it('has numbers that begin at a multiple of 64 bytes, as numpy.lib.format writes it', () => {
    for (const count of [1, 10, 1_000_000, 123_456_789]) {
      const header = npyHeader([count, 32, 32, 3]);
      expect(header.length % 64).toBe(0);
      expect(header.at(-1)).toBe(10);
      expect(Buffer.from(header).toString('latin1', 10)).toMatch(
        new RegExp(
          `^\\{'descr': '<f4', 'fortran_order': False, 'shape': \\(${count}, 32, 32, 3\\), \\} *\\n$`,
        ),
      );
    }
  });
});

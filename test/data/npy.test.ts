import { describe, expect, it } from 'vitest';
import { npyBytes, npyHeader } from '../../src/data/index.ts';
import { parseNpy } from '../../src/data/npy.ts';
import { npyFile } from './npz-file.ts';

describe('parseNpy', () => {
  it.each([
    ['<f4', [1.5, -2, 3, 4, 5, 6]],
    ['<f8', [1.5, -2, 3, 4, 5, 6]],
    ['<i2', [1, -300, 3, 4, 5, 6]],
    ['<i4', [1, -2, 3, 4, 5, 6]],
    ['<i8', [1, -2, 3, 4, 5, 2 ** 24]],
    ['<u2', [1, 65535, 3, 4, 5, 6]],
    ['<u4', [1, 2 ** 31, 3, 4, 5, 6]],
    ['|i1', [1, -2, 3, 4, 5, 6]],
    ['|u1', [1, 255, 3, 4, 5, 6]],
  ])('reads %s in versions 1.0 and 2.0', (descr, numbers) => {
    for (const version of [1, 2] as const) {
      const array = parseNpy('x', npyFile(numbers, { descr, shape: [2, 3], version }));
      expect(array).toMatchObject({ dtype: 'float32', shape: [2, 3] });
      expect([...array.data]).toEqual(numbers);
    }
  });

  it.each([
    [{ descr: '|O' }, 'expected an array of numbers, got pickled objects, which are not read'],
    [{ descr: '<f2' }, 'expected numbers of <f4, <f8, <i2, <i4, <i8, <u2, <u4, |i1, |u1, got <f2; x.astype'],
    [{ fortran: true }, 'expected C order, got Fortran order; numpy.ascontiguousarray(x) makes it'],
    [{ shape: [3, 3] }, 'expected 36 bytes for [3,3], got 24'],
    [{ version: 3 as const }, 'expected npy version 1.0 or 2.0, got 3'],
  ])('refuses %j', (form, message) => {
    expect(() => parseNpy('x.npz: y.npy', npyFile([1, 2, 3, 4, 5, 6], form))).toThrow(
      `x.npz: y.npy: ${message}`,
    );
  });

  it('refuses what is no npy file, and one that ends early', () => {
    expect(() => parseNpy('x', new Uint8Array(20))).toThrow('expected an array in the npy format');
    expect(() => parseNpy('x', npyFile([1]).subarray(0, 40))).toThrow('and the file ends');
  });
});

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

import { Value } from '../engine/index.ts';
import { DataError } from './errors.ts';

/** How a number of an array is read. */
export interface NpyNumber {
  readonly bytes: number;
  read(view: DataView, at: number): number;
}

/** What an array of a `.npy` file may hold, by its `descr`; everything becomes float32. */
export const npyNumbers: Readonly<Record<string, NpyNumber>> = {
  '<f4': { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  '<f8': { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  '<i2': { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  '<i4': { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  '<i8': { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  '<u2': { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  '<u4': { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  '|i1': { bytes: 1, read: (view, at) => view.getInt8(at) },
  '|u1': { bytes: 1, read: (view, at) => view.getUint8(at) },
};

/** What the header of an array says. */
export interface NpyForm {
  readonly descr: string;
  readonly shape: readonly number[];
  /** Where its numbers begin. */
  readonly start: number;
  /** How many bytes they take. */
  readonly bytes: number;
}

/** The most bytes of a header that are looked at. */
export const mostNpyHeader = 2 ** 17;

/**
 * An array in NumPy's format, version 1.0 or 2.0, in C order, as float32.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @param name of the file and the array, for errors
 * @throws DataError for anything else; arrays of objects are pickled Python, which is not read
 */
export function parseNpy(name: string, bytes: Uint8Array): Value {
  const { descr, shape, start } = npyForm(name, bytes, bytes.length);
  const number = npyNumbers[descr]!;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  const data = Float32Array.from({ length: count }, (_, i) => number.read(view, start + i * number.bytes));
  return new Value('float32', shape, data);
}

/**
 * The form of an array by the beginning of its file.
 * @param total bytes of the file
 * @throws DataError as `parseNpy` does
 */
export function npyForm(name: string, bytes: Uint8Array, total: number): NpyForm {
  const refuse = (rule: string): never => {
    throw new DataError(name, undefined, rule);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== '\x93NUMPY')
    return refuse('expected an array in the npy format');
  const version = bytes[6]!;
  if (version !== 1 && version !== 2) return refuse(`expected npy version 1.0 or 2.0, got ${version}`);
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length) return refuse(`expected a header of ${length} bytes, and the file ends`);
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const shapeText = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (descr === undefined || shapeText === undefined || !/'fortran_order':\s*(True|False)/.test(header))
    return refuse('expected a header with descr, fortran_order and shape');
  if (descr.includes('O'))
    return refuse(
      'expected an array of numbers, got pickled objects, which are not read; save it again as numbers',
    );
  const number = npyNumbers[descr];
  if (number === undefined)
    return refuse(
      `expected numbers of ${Object.keys(npyNumbers).join(', ')}, got ${descr}; x.astype('<f4') makes some`,
    );
  if (/'fortran_order':\s*True/.test(header))
    return refuse('expected C order, got Fortran order; numpy.ascontiguousarray(x) makes it');
  const shape = shapeText
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(Number);
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  const expected = count * number.bytes;
  const got = total - start - length;
  if (got !== expected) return refuse(`expected ${expected} bytes for [${shape}], got ${got}`);
  return { descr, shape, start: start + length, bytes: expected };
}

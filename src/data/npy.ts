import { Value } from '../engine/index.ts';
import { DataError } from './errors.ts';

/** What an array of a `.npy` file may hold, by its `descr`; everything becomes float32. */
const readers: Readonly<Record<string, { bytes: number; read(view: DataView, at: number): number }>> = {
  '<f4': { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  '<f8': { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  '<i4': { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  '|u1': { bytes: 1, read: (view, at) => view.getUint8(at) },
};

/**
 * An array in NumPy's format, version 1.0 or 2.0, in C order, of f4, f8, i4 or u1, as float32.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @param name of the file and the array, for errors
 * @throws DataError for anything else; arrays of objects are pickled Python, which is not read
 */
export function parseNpy(name: string, bytes: Uint8Array): Value {
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
  const reader = readers[descr];
  if (reader === undefined)
    return refuse(`expected numbers of ${Object.keys(readers).join(', ')}, got ${descr}`);
  if (/'fortran_order':\s*True/.test(header)) return refuse('expected C order, got Fortran order');
  const shape = shapeText
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(Number);
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  const first = start + length;
  if (bytes.length - first !== count * reader.bytes)
    return refuse(`expected ${count * reader.bytes} bytes for [${shape}], got ${bytes.length - first}`);
  const data = Float32Array.from({ length: count }, (_, i) => reader.read(view, first + i * reader.bytes));
  return new Value('float32', shape, data);
}

/**
 * The beginning of a file in NumPy's format, version 1.0: float32 numbers in C order follow it.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function npyHeader(shape: readonly number[]): Uint8Array {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sides}), }`;
  // Magic, version and length take 10 bytes; all of it a multiple of 64, with a line end at last.
  const padded = `${text}${' '.repeat(63 - ((10 + text.length) % 64))}\n`;
  const header = Buffer.alloc(10 + padded.length);
  header.write('\x93NUMPY\x01\x00', 'latin1');
  header.writeUInt16LE(padded.length, 8);
  header.write(padded, 10, 'latin1');
  return header;
}

/** Float32 numbers as the bytes of such a file, on any machine. */
export function npyBytes(numbers: ArrayLike<number>): Uint8Array {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (let i = 0; i < numbers.length; i++) bytes.writeFloatLE(numbers[i]!, 4 * i);
  return bytes;
}

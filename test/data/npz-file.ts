import { crc32, deflateRawSync } from 'node:zlib';

interface NpyForm {
  readonly descr?: string;
  readonly shape?: readonly number[];
  readonly version?: 1 | 2 | 3;
  readonly fortran?: boolean;
}

/** A file as `numpy.save` writes it. */
export function npyFile(numbers: readonly number[], form: NpyForm = {}): Uint8Array {
  const { descr = '<f4', shape = [numbers.length], version = 1, fortran = false } = form;
  const arrays: Record<string, () => ArrayBufferView> = {
    '<f8': () => Float64Array.from(numbers),
    '<i2': () => Int16Array.from(numbers),
    '<i4': () => Int32Array.from(numbers),
    '<i8': () => BigInt64Array.from(numbers, BigInt),
    '<u2': () => Uint16Array.from(numbers),
    '<u4': () => Uint32Array.from(numbers),
    '|i1': () => Int8Array.from(numbers),
    '|u1': () => Uint8Array.from(numbers),
  };
  const { buffer } = (arrays[descr] ?? (() => Float32Array.from(numbers)))();
  const tuple = `(${shape.map((dimension) => `${dimension},`).join(' ')})`;
  const order = fortran ? 'True' : 'False';
  const dict = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${tuple}, }`;
  const start = version === 1 ? 10 : 12;
  const header = `${dict.padEnd(Math.ceil((start + dict.length + 1) / 64) * 64 - start - 1)}\n`;
  const length = Buffer.alloc(start - 8);
  if (version === 1) length.writeUInt16LE(header.length);
  else length.writeUInt32LE(header.length);
  const magic = Buffer.from('\x93NUMPY', 'latin1');
  return Buffer.concat([magic, Buffer.of(version, 0), length, Buffer.from(header), Buffer.from(buffer)]);
}

/** A ZIP archive of the members, stored or deflated. */
export function zipFile(members: Readonly<Record<string, Uint8Array>>, deflated = false): Uint8Array {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(members)) {
    const data = deflated ? deflateRawSync(content) : content;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(deflated ? 8 : 0, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    entries.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, rest, Buffer.from(name)]),
    );
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

/**
 * The safetensors layout, https://github.com/huggingface/safetensors: the length of the header (8
 * bytes, little endian), the header (JSON, padded with spaces), then the data of all tensors
 * without a gap.
 */
import { isRecord, show } from '../base/index.ts';
import { Value } from '../engine/index.ts';
import { CheckpointCorruptError } from './errors.ts';
import { nameProblem } from './tensor-name.ts';

/** A header whose text and metadata are sound; its tensors are not looked at yet. */
export interface Header {
  readonly metadata: ReadonlyMap<string, string>;
  /** What the header says of each tensor, by name. */
  readonly tensors: ReadonlyMap<string, unknown>;
  /** Where the data begins. */
  readonly end: number;
}

const headerLimit = 100_000_000;
/** Node.js reads no larger file at once. */
const fileLimit = 2 ** 31 - 1;

const codes = { float32: 'F32', int32: 'I32', bool: 'BOOL' } as const;
const arrays = { F32: Float32Array, I32: Int32Array, BOOL: Uint8Array } as const;
const dtypes = { F32: 'float32', I32: 'int32', BOOL: 'bool' } as const;

/**
 * Lays tensors out as a safetensors file: first its header, then the data of each tensor, which is
 * not copied. Wide elements come first, so that all are aligned, then names in order: equal tensors
 * give equal bytes.
 * @throws RangeError for a name, shape or truth value that the layout has no place for, or a file
 * of 2 GiB and more
 */
export function layOut(
  tensors: ReadonlyMap<string, Value>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  const sorted = [...tensors].sort(
    ([a, { data: wide }], [b, { data: narrow }]) =>
      narrow.BYTES_PER_ELEMENT - wide.BYTES_PER_ELEMENT || (a < b ? -1 : 1),
  );
  let end = 0;
  const members = sorted.map(([name, { dtype, shape, data }]) => {
    const problem = nameProblem(name) ?? shapeProblem(shape) ?? truthProblem(dtype, data);
    if (problem !== undefined) throw new RangeError(`tensor ${show(name)}: ${problem}`);
    const offsets = [end, end + data.byteLength];
    end += data.byteLength;
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype: codes[dtype], shape, data_offsets: offsets })}`;
  });
  const text = `{${[`"__metadata__":${JSON.stringify(metadata)}`, ...members].join(',')}}`;
  const length = Math.ceil(Buffer.byteLength(text) / 8) * 8;
  if (length > headerLimit)
    throw new RangeError(`checkpoint: expected a header of at most ${headerLimit} bytes, got ${length}`);
  if (8 + length + end > fileLimit)
    throw new RangeError(`checkpoint: expected at most ${fileLimit} bytes, got ${8 + length + end}`);
  const header = Buffer.alloc(8 + length, ' ');
  header.writeBigUInt64LE(BigInt(length));
  header.write(text, 8);
  return [header, ...sorted.map(([, { data }]) => bytesOf(data))];
}

/** Reads the header as far as the tensors. @throws CheckpointCorruptError */
export function readHeader(bytes: Uint8Array, file: string): Header {
  const corrupt = (offset: number | undefined, rule: string, cause?: unknown): never => {
    throw new CheckpointCorruptError(file, offset, rule, cause === undefined ? undefined : { cause });
  };
  if (bytes.length < 8) corrupt(undefined, `expected at least 8 bytes, got ${bytes.length}`);
  const declared = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const length = Number(declared);
  if (length > headerLimit)
    corrupt(
      0,
      `expected the length of a header, at most ${headerLimit} bytes, got ${declared}: this is no safetensors file`,
    );
  if (length + 8 > bytes.length)
    corrupt(8, `expected a header of ${length} bytes, got ${bytes.length - 8} bytes: the file is cut off`);
  if (bytes[8] !== 0x7b) corrupt(8, 'expected a header that begins with {');
  let parsed: object = {};
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(8, 8 + length),
    );
    parsed = JSON.parse(text);
  } catch (error) {
    corrupt(
      8,
      `expected a header of JSON in UTF-8: ${error instanceof Error ? error.message : error}`,
      error,
    );
  }
  const tensors = new Map<string, unknown>(Object.entries(parsed));
  const metadata = new Map<string, string>();
  const described = tensors.get('__metadata__') ?? {};
  tensors.delete('__metadata__');
  if (!isRecord(described)) return corrupt(8, 'expected __metadata__ to be an object');
  for (const [name, text] of Object.entries(described)) {
    if (typeof text !== 'string')
      return corrupt(8, `expected text for __metadata__.${name}, got ${show(text)}`);
    metadata.set(name, text);
  }
  return { metadata, tensors, end: 8 + length };
}

/**
 * Copies of all tensors, in the order of their data. @throws CheckpointCorruptError naming tensor
 * and rule
 */
export function readTensors(bytes: Uint8Array, header: Header, file: string): Map<string, Value> {
  const data = bytes.subarray(header.end);
  const entries = [...header.tensors].map(([name, declared]) => readEntry(name, declared, file));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  const values = new Map<string, Value>();
  let reached = 0;
  for (const { name, code, shape, begin, end } of entries) {
    if (begin !== reached || end > data.length) {
      const rule = begin > reached ? 'no hole before it' : begin < reached ? 'no overlap' : 'data to the end';
      const found = `[${begin}, ${end}] after ${reached} of ${data.length} bytes`;
      throw new CheckpointCorruptError(file, `tensor ${name}`, `expected ${rule}, got ${found}`);
    }
    const copy = new arrays[code](new Uint8Array(data.subarray(begin, end)).buffer);
    const wrong = truthProblem(dtypes[code], copy);
    if (wrong !== undefined) throw new CheckpointCorruptError(file, `tensor ${name}`, wrong);
    values.set(name, new Value(dtypes[code], shape, copy));
    reached = end;
  }
  if (reached !== data.length) {
    const rule = `expected ${reached} bytes of data, got ${data.length}`;
    throw new CheckpointCorruptError(file, header.end + reached, rule);
  }
  return values;
}

interface Entry {
  readonly name: string;
  readonly code: keyof typeof arrays;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function readEntry(name: string, declared: unknown, file: string): Entry {
  const corrupt = (rule: string): never => {
    throw new CheckpointCorruptError(file, `tensor ${show(name)}`, rule);
  };
  const wrongName = nameProblem(name);
  if (wrongName !== undefined) corrupt(wrongName);
  if (!isRecord(declared) || Object.keys(declared).sort().join() !== 'data_offsets,dtype,shape')
    return corrupt(`expected dtype, shape and data_offsets, got ${JSON.stringify(declared).slice(0, 80)}`);
  const { dtype: code, shape, data_offsets: offsets } = declared;
  if (code !== 'F32' && code !== 'I32' && code !== 'BOOL')
    return corrupt(`expected dtype F32, I32 or BOOL, got ${show(code)}`);
  const wrongShape = shapeProblem(shape);
  if (wrongShape !== undefined) corrupt(wrongShape);
  if (!isWholeNumbers(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!)
    return corrupt(`expected data_offsets of two whole numbers in order, got ${show(offsets)}`);
  const [begin, end] = offsets as [number, number];
  const size = (shape as number[]).reduce((a, b) => a * b, arrays[code].BYTES_PER_ELEMENT);
  if (end - begin !== size) corrupt(`expected ${size} bytes for ${code} [${shape}], got ${end - begin}`);
  return { name, code, shape: shape as number[], begin, end };
}

function shapeProblem(shape: unknown): string | undefined {
  if (!isWholeNumbers(shape)) return `expected a shape of whole numbers, got ${show(shape)}`;
  let size = 4;
  for (const dimension of shape) size *= dimension;
  return Number.isSafeInteger(size) ? undefined : `expected a shape that fits into memory, got [${shape}]`;
}

function truthProblem(dtype: string, data: Value['data']): string | undefined {
  return dtype === 'bool' && data.some((byte) => byte > 1) ? 'expected 0 and 1 in a bool tensor' : undefined;
}

function isWholeNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function bytesOf(data: Value['data']): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

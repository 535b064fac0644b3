import { extname } from 'node:path';
import { isRecord, show } from '../base/index.ts';
import { Value } from '../engine/index.ts';
import { DataError } from './errors.ts';
import { parseNpy } from './npy.ts';
import { readBytes } from './read-bytes.ts';
import { unzip } from './unzip.ts';

/** One array of numbers, or several by name. */
export type Arrays = Value | Readonly<Record<string, Value>>;

/**
 * Arrays of numbers as float32: one of a `.npy` file, those of an `.npz` file by name, or of a
 * `.json` file a list of numbers, a list of rows, or an object of such lists by name.
 * @param option named in the error for a file of another kind
 * @throws RangeError for another ending, DataMissingError, DataError
 */
export async function readArrays(option: string, file: string): Promise<Arrays> {
  const ending = extname(file).toLowerCase();
  if (!['.npy', '.npz', '.json'].includes(ending))
    throw new RangeError(
      `${option}: expected a file whose name ends in .npy, .npz or .json, got ${show(file)}`,
    );
  const bytes = await readBytes(file);
  if (ending === '.npy') return parseNpy(file, bytes);
  if (ending === '.json') return parsedJson(file, new TextDecoder().decode(bytes));
  const members = [...unzip(file, bytes)].map(([name, content]): [string, Value] => [
    name.replace(/\.npy$/, ''),
    parseNpy(`${file}: ${name}`, content),
  ]);
  // `numpy.savez(file, array)` calls an array without a name arr_0.
  return members.length === 1 && members[0]![0] === 'arr_0' ? members[0]![1] : Object.fromEntries(members);
}

function parsedJson(file: string, text: string): Arrays {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new DataError(file, undefined, `expected JSON (${(cause as Error).message})`, { cause });
  }
  if (!isRecord(content)) return rowsOf(file, '', content);
  return Object.fromEntries(
    Object.entries(content).map(([name, rows]) => [name, rowsOf(file, `${name}: `, rows)]),
  );
}

/** A list of numbers, [count], or of rows of one length, [count, size]. */
function rowsOf(file: string, name: string, content: unknown): Value {
  const refuse = (got: unknown): never => {
    throw new DataError(file, undefined, `${name}expected numbers, or rows of numbers, got ${show(got)}`);
  };
  if (!Array.isArray(content) || content.length === 0) return refuse(content);
  const nested = Array.isArray(content[0]);
  const rows: unknown[] = nested ? content : [content];
  const width = (rows[0] as unknown[]).length;
  const numbers = rows.flatMap((row) => {
    if (!Array.isArray(row) || row.length !== width) return refuse(row);
    return row.map((number) => (typeof number === 'number' ? number : refuse(number)));
  });
  return Value.of(numbers, nested ? [rows.length, width] : [width]);
}

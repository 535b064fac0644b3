import { basename } from 'node:path';
import { given, hintOf, show, wholeNumber } from '../base/index.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';
import type { Dataset } from './dataset.ts';
import { DataError } from './errors.ts';
import { heldFingerprint } from './fingerprint.ts';
import { heldRows } from './held-rows.ts';
import { readBytes } from './read-bytes.ts';

/** Which columns of a table are read. */
export interface CsvOptions {
  /** The column of the classes, by name or, from 1, by number. @default none */
  readonly label?: string;
  /** The columns of numbers. @default all but the label */
  readonly columns?: readonly string[];
  /** At most this many rows: the first ones. */
  readonly limit?: number;
  /** `csv:` and the name of the file without it. */
  readonly name?: string;
}

/** The most bytes of a file: a larger table is better kept as npy. */
const mostBytes = 2 ** 28;
const namesShown = 8;
const numeric = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/**
 * The rows of a CSV file (RFC 4180) as points, one number a column, as they stand there. The first
 * line is a header where none of its cells is a number; without one, columns are called 1, 2,
 * ... The cells of the label column, any text, are classes in ascending order: of numbers where all
 * are, else of text.
 * @throws DataMissingError without a file; RangeError for a column that is not there; DataError
 * naming line and column of a cell that is no number
 */
export async function csvTable(file: string, options: CsvOptions = {}): Promise<Dataset> {
  const { name = `csv:${basename(file)}`, limit = Number.MAX_SAFE_INTEGER } = options;
  wholeNumber('limit', limit, 1);
  const text = new TextDecoder().decode(await readBytes(file, mostBytes));
  const records = csvRecords(file, text);
  const first = records[0];
  if (first === undefined) throw new DataError(file, undefined, 'expected rows, got an empty file');
  const headed = !first.fields.some((cell) => numeric.test(cell));
  const names = headed ? first.fields : first.fields.map((_, i) => String(i + 1));
  const rows = records.slice(headed ? 1 : 0).slice(0, limit);
  if (rows.length === 0) throw new DataError(file, undefined, 'expected rows below the header, got none');
  for (const { line, fields } of rows)
    if (fields.length !== names.length)
      throw new DataError(
        file,
        undefined,
        `line ${line}: expected ${names.length} columns, got ${fields.length}`,
      );
  const label = options.label === undefined ? undefined : columnOf(file, 'label', options.label, names);
  const chosen = options.columns?.map((column) => columnOf(file, 'columns', column, names));
  const columns = chosen ?? names.map((_, i) => i).filter((i) => i !== label);
  if (columns.length === 0) throw new DataError(file, undefined, 'expected columns of numbers, got none');
  const data = numbersOf(file, rows, columns, names);
  const classified = label === undefined ? undefined : classesOf(rows.map(({ fields }) => fields[label]!));
  const parts = [data, classified?.labels].flatMap((part) => (part ? [bytesOf(part)] : []));
  return heldRows({
    name,
    shape: [columns.length],
    data,
    ...given({ labels: classified?.labels, classes: classified?.classes }),
    fingerprint: heldFingerprint(
      { columns: columns.map((i) => names[i]), ...given({ classes: classified?.classes }) },
      ...parts,
    ),
  });
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function columnOf(file: string, option: string, name: string, names: readonly string[]): number {
  const found = names.indexOf(name);
  if (found >= 0) return found;
  const shown =
    names.length > namesShown
      ? `${names.slice(0, namesShown).join(', ')}, ... (${names.length})`
      : names.join(', ');
  throw new RangeError(
    `${option}: expected a column of ${file} (${shown}), got ${show(name)}${hintOf(name, names)}`,
  );
}

function numbersOf(
  file: string,
  rows: readonly CsvRecord[],
  columns: readonly number[],
  names: readonly string[],
): Float32Array {
  const data = new Float32Array(rows.length * columns.length);
  let at = 0;
  for (const { line, fields } of rows)
    for (const column of columns) {
      const cell = fields[column]!;
      if (!numeric.test(cell) || !Number.isFinite(Math.fround(Number(cell)))) {
        const place = names[column] === String(column + 1) ? '' : ` (${names[column]})`;
        throw new DataError(
          file,
          undefined,
          `line ${line}, column ${column + 1}${place}: expected a number, got ${show(cell)}`,
        );
      }
      data[at++] = Number(cell);
    }
  return data;
}

/** The classes of some cells, and the label of each. */
function classesOf(cells: readonly string[]) {
  const classes = [...new Set(cells)].sort((a, b) => (a < b ? -1 : 1));
  if (classes.every((name) => numeric.test(name))) classes.sort((a, b) => Number(a) - Number(b));
  const numbers = new Map(classes.map((name, label) => [name, label]));
  return { classes, labels: Int32Array.from(cells, (cell) => numbers.get(cell)!) };
}

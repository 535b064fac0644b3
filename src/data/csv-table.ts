import { basename } from 'node:path';
import { given, hintOf, show, wholeNumber } from '../base/index.ts';
import { ClassColumn, NumberColumns, numericCell } from './csv-columns.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';
import type { Dataset } from './dataset.ts';
import { DataError } from './errors.ts';
import { heldFingerprint } from './fingerprint.ts';
import { heldRows } from './held-rows.ts';
import { readBytes } from './read-bytes.ts';
import { utf8Text } from './utf8-text.ts';

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
  const text = utf8Text(file, await readBytes(file, mostBytes));
  const { header, columns, names, data, classified } = readTable(file, text, options, limit);
  if (data.length === 0)
    throw new DataError(file, undefined, `expected rows${header ? ' below the header' : ''}, got none`);
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

function readTable(file: string, text: string, options: CsvOptions, limit: number) {
  const records = csvRecords(file, text);
  const first = records.next();
  if (first.done) throw new DataError(file, undefined, 'expected rows, got an empty file');
  requireCommas(file, first.value);
  const header = !first.value.fields.some((cell) => numericCell.test(cell));
  const names = header ? first.value.fields : first.value.fields.map((_, i) => String(i + 1));
  const label = options.label === undefined ? undefined : columnOf(file, 'label', options.label, names);
  const columns = numberColumns(file, options.columns, label, names);
  const numbers = new NumberColumns(file, names, columns, label);
  const classes = label === undefined ? undefined : new ClassColumn(file, names[label]!);
  let count = 0;
  const add = ({ line, fields }: CsvRecord) => {
    if (fields.length !== names.length)
      throw new DataError(
        file,
        undefined,
        `line ${line}: expected ${names.length} columns as in line ${first.value.line}, got ${fields.length}`,
      );
    numbers.add(line, fields);
    classes?.add(fields[label!]!);
    count++;
  };
  if (!header) add(first.value);
  for (const record of records) {
    if (count === limit) break;
    add(record);
  }
  return { header, names, columns, data: numbers.data, classified: classes?.classified() };
}

/** Refuses tables whose cells something else separates. */
function requireCommas(file: string, { line, fields }: CsvRecord): void {
  if (fields.length > 1) return;
  const separators = [[';', 'semicolons'] as const, ['\t', 'tabs'] as const];
  const [, got] = separators.find(([separator]) => fields[0]!.includes(separator)) ?? [];
  if (got !== undefined)
    throw new DataError(file, undefined, `line ${line}: expected commas between cells, got ${got}`);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function numberColumns(
  file: string,
  chosen: readonly string[] | undefined,
  label: number | undefined,
  names: readonly string[],
): readonly number[] {
  if (chosen !== undefined) return chosen.map((column) => columnOf(file, 'columns', column, names));
  const columns = names.map((_, i) => i).filter((i) => i !== label);
  if (columns.length === 0) throw new DataError(file, undefined, 'expected columns of numbers, got none');
  // What pandas writes as the index of its rows would be taken for a measurement.
  const nameless = columns.find((i) => names[i]!.trim() === '');
  if (nameless !== undefined)
    throw new DataError(
      file,
      undefined,
      `column ${nameless + 1}: expected a name in the header, got none; columns=A:B takes only the columns A and B`,
    );
  return columns;
}

function columnOf(file: string, option: string, name: string, names: readonly string[]): number {
  const found = names.indexOf(name);
  if (found !== names.lastIndexOf(name))
    throw new RangeError(
      `${option}: expected a name that one column of ${file} has, got ${show(name)} of two`,
    );
  if (found >= 0) return found;
  const shown =
    names.length > namesShown
      ? `${names.slice(0, namesShown).join(', ')}, ... (${names.length})`
      : names.join(', ');
  throw new RangeError(
    `${option}: expected a column of ${file} (${shown}), got ${show(name)}${hintOf(name, names)}`,
  );
}

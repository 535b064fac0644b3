import { DataError } from './errors.ts';

/** A record of a CSV text, and the line on which it begins, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The records of a CSV text (RFC 4180), without empty lines; quoted fields may hold commas, quotes
 * (doubled) and line breaks.
 * @throws DataError naming the line
 */
export function csvRecords(file: string, text: string): CsvRecord[] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const plain = text.replace(/^\uFEFF/, '');
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let line = 1;
  let next = 1;
  while (field.lastIndex < plain.length) {
    const match = field.exec(plain);
    if (match === null)
      throw new DataError(
        file,
        undefined,
        `line ${next}: expected fields between commas, or in double quotes from end to end`,
      );
    const [whole, quoted, bare, end] = match;
    next += whole.split('\n').length - 1;
    fields.push(quoted?.replaceAll('""', '"') ?? bare!);
    if (end === ',' && field.lastIndex < plain.length) continue;
    if (end === ',') fields.push('');
    if (fields.length > 1 || fields[0] !== '') records.push({ line, fields });
    fields = [];
    line = next;
  }
  return records;
}

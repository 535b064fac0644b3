import { show } from '../base/index.ts';
import { DataError } from './errors.ts';
import { readBytes } from './read-bytes.ts';

/** Bytes of a file of captions: those of a million long ones. */
const mostBytes = 2 ** 29;

/**
 * The captions of a file by the names of the pictures. JSON: an object from names to a text or a
 * list of texts. CSV (RFC 4180): two columns, name and caption, several lines for several captions;
 * a first line `file,caption` is a header.
 * @throws DataError naming the line or the picture that is wrong
 */
export async function readCaptions(file: string): Promise<Map<string, readonly string[]>> {
  const text = new TextDecoder().decode(await readBytes(file, mostBytes));
  return file.endsWith('.json') ? fromJson(file, text) : fromCsv(file, text);
}

function fromJson(file: string, text: string): Map<string, readonly string[]> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new DataError(file, undefined, `expected JSON (${(cause as Error).message})`, { cause });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new DataError(file, undefined, 'expected an object from names of pictures to captions');
  const entries = Object.entries(parsed).map(([name, given]): [string, readonly string[]] => {
    const captions: readonly unknown[] = Array.isArray(given) ? given : [given];
    if (captions.length > 0 && captions.every((caption) => typeof caption === 'string'))
      return [name, captions];
    throw new DataError(file, undefined, `${name}: expected a text or a list of texts, got ${show(given)}`);
  });
  return new Map(entries);
}

function fromCsv(file: string, text: string): Map<string, readonly string[]> {
  const captions = new Map<string, string[]>();
  recordsOf(file, text).forEach(({ line, fields }, number) => {
    if (number === 0 && fields.join() === 'file,caption') return;
    const [name, caption] = fields;
    if (fields.length !== 2 || name === undefined || caption === undefined)
      throw new DataError(
        file,
        undefined,
        `line ${line}: expected a name and a caption, got ${fields.length} columns; a caption with a comma stands in double quotes`,
      );
    const own = captions.get(name) ?? [];
    captions.set(name, own);
    own.push(caption);
  });
  return captions;
}

/** A record of a CSV text, and the line on which it begins, from 1. */
interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The records of a CSV text; quoted fields may hold commas, quotes (doubled) and line breaks. */
function recordsOf(file: string, text: string): CsvRecord[] {
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

import { show } from '../base/index.ts';
import { csvRecords } from './csv-records.ts';
import { DataError } from './errors.ts';
import { readBytes } from './read-bytes.ts';
import { utf8Text } from './utf8-text.ts';

/** Bytes of a file of captions: those of a million long ones. */
const mostBytes = 2 ** 29;

/**
 * The captions of a file by the names of the pictures. JSON: an object from names to a text or a
 * list of texts. CSV (RFC 4180): two columns, name and caption, several lines for several captions;
 * a first line `file,caption` is a header.
 * @throws DataError naming the line or the picture that is wrong
 */
export async function readCaptions(file: string): Promise<Map<string, readonly string[]>> {
  const text = utf8Text(file, await readBytes(file, mostBytes));
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
  for (const { line, fields } of csvRecords(file, text)) {
    if (captions.size === 0 && fields.join() === 'file,caption') continue;
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
  }
  return captions;
}

import { DataError } from './errors.ts';

/** A record of a CSV text, and the line on which it begins, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The records of a CSV text (RFC 4180), without empty lines; quoted fields may hold commas, quotes
 * (doubled) and line breaks. They are read one after the other, so that only one is in memory.
 * @throws DataError naming the line
 */
export function* csvRecords(file: string, text: string): Generator<CsvRecord> {
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const row = text.slice(at, newline > at && text[newline - 1] === '\r' ? newline - 1 : end);
    const simple = !row.includes('"') && !row.includes('\r');
    const record = simple ? { fields: row.split(','), end } : quotedRecord(file, text, at, line);
    const { fields } = record;
    if (fields.length > 1 || fields[0] !== '') yield { line, fields };
    line += simple ? 1 : linesIn(text.slice(at, record.end)) + 1;
    at = record.end + 1;
  }
}

const bare = /[^",\r\n]*/y;

/** A record with quotes. @returns its fields, and where its line ends */
function quotedRecord(file: string, text: string, start: number, line: number) {
  const refuse = (at: number): never => {
    const rule = 'expected fields between commas, or in double quotes from end to end';
    throw new DataError(file, undefined, `line ${line + linesIn(text.slice(start, at))}: ${rule}`);
  };
  const fields: string[] = [];
  for (let at = start; ; at++) {
    const field = text[at] === '"' ? quotedField(text, at) : bareField(text, at);
    if (field === undefined) return refuse(at);
    fields.push(field.content);
    at = field.end;
    if (text[at] === '\r' && text[at + 1] === '\n') at++;
    if (at >= text.length || text[at] === '\n') return { fields, end: at };
    if (text[at] !== ',') return refuse(at);
  }
}

function bareField(text: string, start: number) {
  bare.lastIndex = start;
  const [content] = bare.exec(text)!;
  return { content, end: start + content.length };
}

/** Undefined where the quotes do not end. */
function quotedField(text: string, start: number) {
  const parts: string[] = [];
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return undefined;
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return { content: parts.join('"'), end: quote + 1 };
    from = quote + 2;
  }
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

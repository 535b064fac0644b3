import { isUtf8 } from 'node:buffer';
import { DataError } from './errors.ts';

/**
 * The text of a file, without the mark at its beginning that some programs write.
 * @throws DataError naming the first line that is not UTF-8: its characters would be lost
 */
export function utf8Text(file: string, bytes: Uint8Array): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const got = wide ? 'UTF-16' : 'other bytes, as of Latin-1';
  throw new DataError(file, undefined, `line ${brokenLine(bytes)}: expected text in UTF-8, got ${got}`);
}

function brokenLine(bytes: Uint8Array): number {
  let line = 1;
  for (let at = 0; ; line++) {
    const newline = bytes.indexOf(0x0a, at);
    if (newline < 0 || !isUtf8(bytes.subarray(at, newline))) return line;
    at = newline + 1;
  }
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { systemCode } from '../../base/index.ts';
import { ConfigFileError } from '../errors.ts';

/** The most bytes that a configuration has. A real one has a few thousand. */
export const configLimit = 1 << 17;

/**
 * The text of a configuration, without a byte order mark. @throws ConfigFileError naming the file
 */
export function readConfigText(file: string): string {
  return decodeConfig(readBounded(file), file);
}

/** The same of bytes. @throws ConfigFileError where they are no UTF-8 */
export function decodeConfig(bytes: Uint8Array, file: string): string {
  if (bytes.length > configLimit)
    throw new ConfigFileError(`${file}: expected at most ${configLimit} bytes, got more`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ConfigFileError(`${file}: expected text in UTF-8, got other bytes`, { cause });
  }
}

/** At most one byte more than the limit, so that a device or a pipe without an end does no harm. */
function readBounded(file: string): Uint8Array {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    if (fstatSync(descriptor).isDirectory())
      throw new ConfigFileError(`${file}: expected a YAML or JSON file, got a directory`);
    const buffer = Buffer.alloc(configLimit + 1);
    let filled = 0;
    while (filled < buffer.length) {
      const read = readSync(descriptor, buffer, filled, buffer.length - filled, null);
      if (read === 0) break;
      filled += read;
    }
    return buffer.subarray(0, filled);
  } catch (cause) {
    if (cause instanceof ConfigFileError) throw cause;
    throw new ConfigFileError(
      `${file}: expected a YAML or JSON file that can be read, got ${systemCode(cause) ?? cause}`,
      { cause },
    );
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { systemCode } from '../base/index.ts';
import { DataError, DataMissingError } from './errors.ts';

/**
 * What the system says of a file. A pipe is refused before it is opened: that would wait for its
 * writer, without an end where there is none.
 * @throws DataMissingError without it; DataError for what is no file, or one that cannot be read
 */
export async function statFile(file: string): Promise<Stats> {
  const found = await stat(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (found.isFile()) return found;
  throw new DataError(
    file,
    undefined,
    `expected a file, got a ${found.isDirectory() ? 'folder' : 'pipe, socket or device'}`,
  );
}

/** The error of a file that the system does not read, or the cause where that is another one. */
export function unreadable(file: string, cause: unknown): unknown {
  const code = systemCode(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new DataMissingError(file, 'such file', undefined, { cause });
  return code?.startsWith('E')
    ? new DataError(file, undefined, `cannot be read (${code})`, { cause })
    : cause;
}

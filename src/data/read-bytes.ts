import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { systemCode } from '../base/index.ts';
import { DataError } from './errors.ts';
import { statFile, unreadable } from './stat-file.ts';

/** The most that one file may hold, packed or unpacked: 2 GiB - 1. */
export const maxBytes = 2 ** 31 - 1;

const unpack = promisify(gunzip);

/**
 * The bytes of a file, unpacked where it is gzip (by its first two bytes, not by its name).
 * @throws DataMissingError when it is not there, DataError when it cannot be read, is broken gzip
 * or too large
 */
export async function readBytes(file: string, limit = maxBytes): Promise<Uint8Array> {
  const bytes = await readPacked(file, limit);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await unpack(bytes, { maxOutputLength: limit });
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new DataError(file, undefined, `expected at most ${limit} bytes once unpacked`, { cause });
    if (code === 'Z_BUF_ERROR')
      throw new DataError(file, undefined, `the gzip data ends too early, after ${bytes.length} bytes`, {
        cause,
      });
    throw new DataError(file, undefined, `broken gzip data (${(cause as Error).message})`, { cause });
  }
}

async function readPacked(file: string, limit: number): Promise<Uint8Array> {
  const { size } = await statFile(file);
  if (size > limit) throw new DataError(file, undefined, `expected at most ${limit} bytes, got ${size}`);
  return readFile(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
}

import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { withCleanup } from './with-cleanup.ts';

/** Bytes, or text, one part after the other. */
export type Parts = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/**
 * Replaces a file atomically by parts that come one after the other, so that no more than one of
 * them is in memory. After a crash of process or machine the file has either the old or the new
 * content in whole; after an error nothing is left of the attempt. Its folder must be there.
 * @throws the system's error, or that of the parts
 */
export async function writeStream(path: string, parts: Parts): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    await withCleanup(
      async () => {
        for await (const part of parts) await written(file, part);
        await file.sync();
      },
      () => file.close(),
    );
    await rename(temporary, path);
  } catch (error) {
    // The error that led here says more than one of the removal.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function written(file: FileHandle, part: Uint8Array | string): Promise<void> {
  let rest: Uint8Array = typeof part === 'string' ? Buffer.from(part) : part;
  // A disk that fills up may take a part without an error.
  while (rest.length > 0) {
    const { bytesWritten } = await file.write(rest);
    if (bytesWritten === 0) throw new Error('the disk takes no more');
    rest = rest.subarray(bytesWritten);
  }
}

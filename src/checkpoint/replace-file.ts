import { basename, dirname, join } from 'node:path';
import { withCleanup } from '../base/index.ts';
import { temporaryName } from './file-name.ts';
import type { FileSystem, OpenFile } from './file-system.ts';

/**
 * Writes a file so that its name stands for the old content or for the new one, whole, whenever the
 * process or the machine stops. After an error nothing is left of the attempt.
 */
export async function replaceFile(fs: FileSystem, path: string, parts: readonly Uint8Array[]): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, temporaryName(basename(path)));
  try {
    const file = await fs.create(temporary);
    await withCleanup(
      async () => {
        for (const part of parts) await writeAll(file, part);
        await file.sync();
      },
      () => file.close(),
    );
    await fs.rename(temporary, path);
    await fs.syncFolder(folder);
  } catch (error) {
    // It has a place already when the folder failed to sync; and what cannot be removed now, the
    // next save removes.
    await fs.remove(temporary).catch(() => undefined);
    throw error;
  }
}

/** A full disk may accept a part without an error, so the byte count is compared. */
async function writeAll(file: OpenFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const written = await file.write(bytes.subarray(done));
    if (written === 0) throw new Error(`the disk took ${done} of ${bytes.length} bytes and no more`);
    done += written;
  }
}

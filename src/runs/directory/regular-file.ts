import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { type AskFiles, askDirectly, isAbsent } from './file-queue.ts';

const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;

/**
 * Opens a regular file to read; undefined for everything else: where there is none, for a link,
 * which may lead out of the folder, and for a pipe or a device, which may never answer.
 * @throws the system's error when the file is there and cannot be opened
 */
export async function openRegular(
  path: string,
  ask: AskFiles = askDirectly,
): Promise<FileHandle | undefined> {
  try {
    if (!(await ask(() => lstat(path))).isFile()) return undefined;
    // It may be another by now, which neither blocks nor leads anywhere either.
    const file = await opened(path, ask);
    if ((await ask(() => file.stat())).isFile()) return file;
    closeSoon(file);
    return undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/**
 * Closes a file without waiting: one that is still being read would not be closed before that has
 * ended.
 */
export function closeSoon(file: FileHandle): void {
  file.close().catch(() => undefined);
}

async function opened(path: string, ask: AskFiles): Promise<FileHandle> {
  let late = false;
  try {
    return await ask(async () => {
      const file = await open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
      if (late) closeSoon(file);
      return file;
    });
  } catch (error) {
    late = true;
    throw error;
  }
}

/**
 * The bytes of a regular file; undefined where there is none, and where it is larger than the
 * limit.
 * @throws the system's error when the file is there and cannot be read
 */
export async function readRegular(
  path: string,
  { ask = askDirectly, limit }: { readonly ask?: AskFiles; readonly limit: number },
): Promise<Buffer | undefined> {
  const file = await openRegular(path, ask);
  if (file === undefined) return undefined;
  try {
    const { size } = await ask(() => file.stat());
    return size > limit ? undefined : await ask(() => file.readFile());
  } finally {
    closeSoon(file);
  }
}

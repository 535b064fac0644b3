import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from './errors.ts';
import { withCleanupSync } from './with-cleanup.ts';

/** Whether a name is that of a file that was being written when its process ended. */
export function isLeftOver(name: string): boolean {
  return /\.\d+\.tmp$/.test(name);
}

/**
 * Replaces a file atomically: after a crash of process or machine it has either the old or the new
 * content in whole. Its folder is made, but none above it. After an error nothing is left of the
 * attempt.
 * @throws the system's error
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const folder = dirname(path);
  makeFolder(folder);
  // Two processes that write the same file do not share this one.
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    written(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    removeIfPossible(temporary);
    throw error;
  }
  syncFolder(folder);
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    // A folder that is there may be one in which nothing can be made.
    if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS', 'EISDIR'].includes(systemCode(error) ?? '')) throw error;
  }
}

function written(path: string, content: string | Uint8Array): void {
  let rest = typeof content === 'string' ? Buffer.from(content) : content;
  const file = openSync(path, 'w');
  withCleanupSync(
    () => {
      // A disk that fills up may take a part without an error.
      while (rest.length > 0) {
        const taken = writeSync(file, rest);
        if (taken === 0) throw new Error('the disk takes no more');
        rest = rest.subarray(taken);
      }
      fsyncSync(file);
    },
    () => closeSync(file),
  );
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The error that led here says more.
  }
}

/** Makes the names in a folder survive a loss of power. */
export function syncFolder(path: string): void {
  // Windows opens no folder, and writes names through.
  if (process.platform === 'win32') return;
  let folder: number;
  try {
    folder = openSync(path, 'r');
  } catch (error) {
    if (['EACCES', 'EPERM'].includes(systemCode(error) ?? '')) return;
    throw error;
  }
  withCleanupSync(
    () => {
      try {
        fsyncSync(folder);
      } catch (error) {
        // Some file systems of networks know no such thing.
        if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP'].includes(systemCode(error) ?? '')) throw error;
      }
    },
    () => closeSync(folder),
  );
}

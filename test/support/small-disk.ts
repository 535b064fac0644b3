import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { systemCode } from '../../src/base/index.ts';

/** A file system of its own that can be filled. */
export interface SmallDisk {
  readonly path: string;
  /** Takes all room but so many bytes. */
  fill(but?: number): void;
  /** Gives the room back. */
  free(): void;
  /** Removes all that is there. */
  clear(): void;
}

/**
 * Mounts a small file system, unmounted after the tests of the file; undefined where that is not
 * allowed.
 */
export function smallDisk(path: string, size = '2m'): SmallDisk | undefined {
  mkdirSync(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    console.info('skipped: no small file system can be mounted here');
    return undefined;
  }
  afterAll(() => execFileSync('umount', ['-l', path]));
  const ballast = join(path, 'ballast');
  return {
    path,
    fill(but = 0) {
      const { bavail, bsize } = statfsSync(path);
      try {
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - but)));
      } catch (error) {
        // Another process has taken some of the room meanwhile.
        if (systemCode(error) !== 'ENOSPC') throw error;
      }
    },
    free: () => rmSync(ballast, { force: true }),
    clear() {
      for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true });
    },
  };
}

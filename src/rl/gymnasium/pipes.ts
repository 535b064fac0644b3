import { spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCode, withCleanupSync } from '../../base/index.ts';

/** File descriptors of three pipes to a child process; those of this process do not block. */
export interface Pipes {
  readonly requests: number;
  readonly answers: number;
  /** Standard output and error of the child. */
  readonly output: number;
  /** The other ends, which the child gets and this process then closes. */
  readonly child: { readonly requests: number; readonly answers: number; readonly output: number };
}

/**
 * Opens three pipes. The pipes that `spawn` makes can only be read by the event loop; these can be
 * read and written between two lines of code.
 * @throws Error where the machine has no named pipes
 */
export function openPipes(): Pipes {
  const folder = mkdtempSync(join(tmpdir(), 'weir-pipes-'));
  const open = () => {
    const paths = ['requests', 'answers', 'output'].map((name) => join(folder, name));
    const made = spawnSync('mkfifo', ['-m', '600', ...paths], { encoding: 'utf8' });
    if (made.error !== undefined || made.status !== 0)
      throw made.error ?? new Error(`mkfifo failed: ${made.stderr}`);
    const [requests, answers, output] = paths as [string, string, string];
    const read = (path: string) => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const ends = { requests: read(requests), answers: read(answers), output: read(output) };
    // A pipe that is open for reading opens for writing at once.
    const child = {
      requests: ends.requests,
      answers: openSync(answers, 'w'),
      output: openSync(output, 'w'),
    };
    const flags = constants.O_WRONLY | constants.O_NONBLOCK;
    return { ...ends, requests: openSync(requests, flags), child };
  };
  return withCleanupSync(open, () => rmSync(folder, { recursive: true, force: true }));
}

/** Closes descriptors. */
export function closeAll(descriptors: readonly number[]): void {
  for (const descriptor of descriptors) closeSync(descriptor);
}

/**
 * Reads what there is, at most what fits.
 * @returns bytes; 0 at the end, undefined for nothing yet
 */
export function readNow(pipe: number, into: Uint8Array, at: number): number | undefined {
  return now(() => readSync(pipe, into, at, into.length - at, null));
}

/** Writes what there is room for. @returns bytes; undefined where there is no room */
export function writeNow(pipe: number, data: Uint8Array, at: number): number | undefined {
  return now(() => writeSync(pipe, data, at, data.length - at));
}

function now(attempt: () => number): number | undefined {
  try {
    return attempt();
  } catch (error) {
    if (systemCode(error) === 'EAGAIN') return undefined;
    throw error;
  }
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** Lets `milliseconds` pass. */
export function sleep(milliseconds: number): void {
  Atomics.wait(never, 0, 0, milliseconds);
}

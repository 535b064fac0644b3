import { appendFileSync, closeSync, createReadStream, openSync, truncateSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { monotonicSeconds, systemCode } from '../base/index.ts';
import type { TurnEvent } from '../streams/index.ts';

const bufferLimit = 16_384;
/** Whoever follows the log of a slow run does not wait longer than this. */
const longestWait = 2;

/**
 * The log of a run as JSON lines: index, player, seconds and the values of every event. Lines are gathered and
 * written in blocks, at least every two seconds; `flush` before a checkpoint makes the log reach at least as far as the checkpoint.
 */
export class EventLog {
  readonly #file: number;
  readonly #now: () => number;
  #buffer = '';
  #written: number;

  /**
   * Opens the log to append.
   * @param now seconds on a clock that never jumps
   * @throws the system's error when the file cannot be opened
   */
  constructor(path: string, now: () => number = monotonicSeconds) {
    this.#file = openSync(path, 'a');
    this.#now = now;
    this.#written = now();
  }

  write(event: TurnEvent): void {
    const { index, player, seconds, values } = event;
    this.#buffer += `${JSON.stringify({ index, player, seconds: Number(seconds.toPrecision(4)), ...values })}\n`;
    if (this.#buffer.length >= bufferLimit || this.#now() - this.#written >= longestWait) this.flush();
  }

  /** Hands all lines to the operating system. @throws the system's error (a full disk, for instance); the lines are then dropped */
  flush(): void {
    let bytes: Uint8Array = Buffer.from(this.#buffer);
    this.#buffer = '';
    this.#written = this.#now();
    while (bytes.length > 0) bytes = bytes.subarray(writeSync(this.#file, bytes));
  }

  /** Drops the lines that are not written: the file is no longer this run's. */
  discard(): void {
    this.#buffer = '';
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
    }
  }
}

/**
 * Cuts a log back to the events before turn `index`: a run that resumes there writes the rest again. A line torn
 * by a crash goes with them. What was told late stays: the line of an earlier turn behind the cut, such as an evaluation
 * that was done beside the run. A log that does not exist is left so.
 */
export async function rewindEventLog(path: string, index: number): Promise<void> {
  let end = 0;
  let cut = false;
  let late = '';
  try {
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const before = indexOf(line) < index;
      cut ||= !before;
      if (!cut) end += Buffer.byteLength(line) + 1;
      else if (before) late += `${line}\n`;
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  truncateSync(path, end);
  if (late !== '') appendFileSync(path, late);
}

/** The index of a whole line; Infinity for a torn one. */
function indexOf(line: string): number {
  try {
    return JSON.parse(line).index ?? Infinity;
  } catch {
    return Infinity;
  }
}

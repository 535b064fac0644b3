import { closeSync, createReadStream, openSync, truncateSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { systemCode } from '../base/index.ts';
import type { TurnEvent } from '../streams/index.ts';

const bufferLimit = 16_384;

/**
 * The log of a run as JSON lines: index, player, seconds and the values of every event. Lines are gathered and
 * written in blocks; `flush` before a checkpoint makes the log reach at least as far as the checkpoint.
 */
export class EventLog {
  readonly #file: number;
  #buffer = '';

  /** Opens the log to append. @throws the system's error when the file cannot be opened */
  constructor(path: string) {
    this.#file = openSync(path, 'a');
  }

  write(event: TurnEvent): void {
    const { index, player, seconds, values } = event;
    this.#buffer += `${JSON.stringify({ index, player, seconds: Number(seconds.toPrecision(4)), ...values })}\n`;
    if (this.#buffer.length >= bufferLimit) this.flush();
  }

  /** Hands all lines to the operating system. @throws the system's error (a full disk, for instance); the lines are then dropped */
  flush(): void {
    let bytes: Uint8Array = Buffer.from(this.#buffer);
    this.#buffer = '';
    while (bytes.length > 0) bytes = bytes.subarray(writeSync(this.#file, bytes));
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
 * by a crash goes with them. A log that does not exist is left so.
 */
export async function rewindEventLog(path: string, index: number): Promise<void> {
  let end = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(path) })) {
      if (indexOf(line) >= index) break;
      end += Buffer.byteLength(line) + 1;
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  truncateSync(path, end);
}

/** The index of a whole line; Infinity for a torn one. */
function indexOf(line: string): number {
  try {
    return JSON.parse(line).index ?? Infinity;
  } catch {
    return Infinity;
  }
}

import { existsSync } from 'node:fs';
import { withCleanupSync } from '../../base/index.ts';
import { type AppendFile, openAppendFile } from './append-file.ts';

const newline = 10;
const blockBytes = 1 << 13;

/** A line of a step: its index, and the bytes from `start` to `end`, the end of line included. */
interface StepLine {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a log back to the lines before step `index`: a run that resumes there writes the rest again.
 * What a crash has torn goes with them. A log that does not exist is left so.
 * @throws the system's error
 */
export function rewindStepLog(path: string, index: number): void {
  if (!existsSync(path)) return;
  const file = openAppendFile(path);
  withCleanupSync(
    () => cutLog(file, index),
    () => file.close(),
  );
}

/**
 * The same in an open file. The lines of a log are in the order of their steps, so the place is
 * found by bisection in a time that grows with the logarithm of the size. The file changes once, so
 * a crash leaves the log either unchanged or cut.
 */
export function cutLog(file: AppendFile, index: number): void {
  const size = file.size();
  const last = lastBefore(file, index, size);
  const end = last?.end ?? 0;
  if (end < size) file.truncate(end);
  else if (last !== undefined && file.read(end - 1, 1)[0] !== newline) file.append(Buffer.of(newline));
}

/** The last line of a step before `index`. What is no line of a step is passed over. */
function lastBefore(file: AppendFile, index: number, size: number): StepLine | undefined {
  let last: StepLine | undefined;
  // Lines that start before `low` are of steps before `index`, those that start at `high` or later
  // are not.
  for (let low = 0, high = size; low < high; ) {
    const middle = low + Math.floor((high - low) / 2);
    const line = lineFrom(file, middle, low, high);
    if (line !== undefined && line.index < index) {
      last = line;
      low = line.end;
    } else high = middle;
  }
  return last;
}

/**
 * The first line of a step that starts between two positions. @param low a position at which a line
 * starts
 */
function lineFrom(file: AppendFile, from: number, low: number, high: number): StepLine | undefined {
  let start = from === low ? low : endOfLine(file, from - 1);
  while (start < high) {
    const end = endOfLine(file, start);
    const index = stepOf(Buffer.from(file.read(start, end - start)).toString());
    if (index !== undefined) return { index, start, end };
    start = end;
  }
  return undefined;
}

/** The position behind the next end of line, or the end of the file. */
function endOfLine(file: AppendFile, from: number): number {
  for (let position = from; ; position += blockBytes) {
    const block = file.read(position, blockBytes);
    const at = block.indexOf(newline);
    if (at >= 0) return position + at + 1;
    if (block.length < blockBytes) return position + block.length;
  }
}

/** The index of the step that a line is of; undefined where it is no line of a step. */
export function stepOf(line: string): number | undefined {
  try {
    // An editor may have put a byte order mark before the first line.
    const { index } = Object(JSON.parse(line.replace(/^\uFEFF/, '')));
    return Number.isSafeInteger(index) ? index : undefined;
  } catch {
    return undefined;
  }
}

import { basename } from 'node:path';
import { given, wallTime } from '../../base/index.ts';
import type { RunEvent, RunObserver } from '../events/run-observer.ts';
import type { AskFiles } from './file-queue.ts';
import { LineFile, type LineFileOptions } from './line-file.ts';
import { parseLines } from './parse-lines.ts';
import { readRegular } from './regular-file.ts';

/** An event as it is written, with the time of day. */
export type LoggedRunEvent = RunEvent & { readonly at: string };

/** The scores of a run at a step. */
export type Evaluation = RunEvent & { readonly kind: 'evaluation' };

/**
 * Keeps the events of a run as JSON lines, so that its alerts, scores and ending can be seen
 * afterwards. A failed write is reported to `onTrouble` and tried again.
 */
export class RunEventLog implements RunObserver {
  readonly name = 'the log of events';
  readonly #lines: LineFile;

  /** @throws the system's error when the file cannot be opened */
  constructor(path: string, options: Omit<LineFileOptions, 'gather' | 'wait'> = {}) {
    this.#lines = new LineFile(path, { keep: 1 << 20, ...options });
  }

  /** Lines that should be in the file and are not. */
  get unwritten(): number {
    return this.#lines.unwritten;
  }

  onEvent(event: RunEvent): void {
    // Names, not paths, so that a run directory can be moved.
    const local = 'path' in event ? { ...event, path: basename(event.path) } : event;
    this.#lines.write(JSON.stringify({ at: wallTime(), ...local }));
  }

  /**
   * Hands all lines to the operating system. @returns false where it did not take them; they are
   * then kept
   */
  flush(): boolean {
    return this.#lines.flush();
  }

  /** Drops the lines that are not written: the file is no longer this run's. */
  discard(): void {
    this.#lines.discard();
  }

  /** @throws the system's error, also where lines are left that were not written */
  close(): void {
    this.#lines.close();
  }
}

/** The most bytes of events that are read. */
const eventsLimit = 1 << 28;

/**
 * The events that were kept in a file, oldest first; none where there is no file. @param ask asks
 * the file system
 */
export async function readRunEvents(path: string, ask?: AskFiles): Promise<LoggedRunEvent[]> {
  const bytes = await readRegular(path, { limit: eventsLimit, ...given({ ask }) });
  return parseLines(bytes?.toString() ?? '').filter(isRunEvent);
}

/**
 * The evaluations that stand, by step. Where a run has gone back, to a checkpoint or by a
 * roll-back, those of later steps do not; of two at the same step the second counts.
 */
export function evaluationsIn(events: readonly RunEvent[]): Evaluation[] {
  let found: Evaluation[] = [];
  for (const event of events) {
    const { kind, index } = event;
    if (kind === 'started' || kind === 'rollback') found = found.filter((other) => other.index <= index);
    if (kind === 'evaluation') found = [...found.filter((other) => other.index !== index), event];
  }
  return found.sort((a, b) => a.index - b.index);
}

/** Whether a parsed line is an event that was kept. */
export function isRunEvent(line: unknown): line is LoggedRunEvent {
  const { kind, index, at } = Object(line) as Partial<LoggedRunEvent>;
  return typeof kind === 'string' && typeof index === 'number' && typeof at === 'string';
}

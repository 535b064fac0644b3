import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
import { wallTime } from '../base/index.ts';
import type { Notice, Observer } from './observer.ts';
import type { AskFiles } from './series/file-queue.ts';
import { parseLines } from './series/parse-lines.ts';
import { readRegular } from './series/regular-file.ts';

/** A notice as it is kept, with the time of day. */
export type KeptNotice = Notice & { readonly at: string };

/** Keeps the notices of a run as JSON lines, so that its alerts, scores and ending can be seen afterwards. */
export class NoticeLog implements Observer {
  readonly name = 'the log of notices';
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws the system's error when it cannot be written */
  notice(notice: Notice): void {
    // Names, not paths, so that a run directory can be moved.
    const local = 'path' in notice ? { ...notice, path: basename(notice.path) } : notice;
    appendFileSync(this.#path, `${JSON.stringify({ at: wallTime(), ...local })}\n`);
  }
}

/** The most bytes of notices that are read. */
const noticesLimit = 1 << 28;

/** The notices that were kept in a file, oldest first; none where there is no file. @param ask asks the file system */
export async function readNotices(path: string, ask?: AskFiles): Promise<KeptNotice[]> {
  const bytes = await readRegular(path, { limit: noticesLimit, ...(ask && { ask }) });
  return parseLines(bytes?.toString() ?? '').filter(isNotice);
}

/** Whether a parsed line is a notice that was kept. */
export function isNotice(line: unknown): line is KeptNotice {
  const { kind, index, at } = Object(line) as Partial<KeptNotice>;
  return typeof kind === 'string' && typeof index === 'number' && typeof at === 'string';
}

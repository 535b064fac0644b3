import { join } from 'node:path';
import { macrotask, type TurnEvent } from '../../streams/index.ts';
import { isNotice } from '../notice-log.ts';
import { GrowingFile } from '../series/growing-file.ts';
import type { LogIndex } from '../series/log-index.ts';
import { type LogLine, parseLines } from '../series/parse-lines.ts';
import type { Feed } from './feed.ts';
import { LiveRun, type RunStatus } from './live-run.ts';
import { isLocked } from './run-files.ts';
import type { RunRecord } from './run-record.ts';
import type { RunShelf } from './run-shelf.ts';

const everyMs = 500;
const mostRuns = 8;
/** New runs are looked for every five seconds. */
const looksPerSearch = 10;

interface Followed {
  readonly record: RunRecord;
  readonly live: LiveRun;
  readonly log: LogIndex;
  readonly notices: GrowingFile;
}

/**
 * Follows the runs of other processes by their growing files, and tells the feed as if they ran here. It looks only while
 * somebody listens.
 */
export class Tail {
  readonly #shelf: RunShelf;
  readonly #feed: Feed;
  readonly #warn: (message: string) => void;
  readonly #except: string | undefined;
  readonly #followed = new Map<string, Followed>();
  #looks = 0;
  #timer: { unsubscribe(): void } | undefined;

  /** @param except the id of the run of this process, which tells the feed itself */
  constructor(shelf: RunShelf, feed: Feed, warn: (message: string) => void, except?: string) {
    this.#shelf = shelf;
    this.#feed = feed;
    this.#warn = warn;
    this.#except = except;
    this.#next();
  }

  /** How the runs that are followed are doing, by id. */
  status(): Record<string, RunStatus> {
    return Object.fromEntries([...this.#followed].map(([id, { live }]) => [id, live.status()]));
  }

  close(): void {
    this.#timer?.unsubscribe();
    this.#timer = undefined;
  }

  #next(): void {
    this.#timer = macrotask.schedule(() => void this.#look(), everyMs);
  }

  async #look(): Promise<void> {
    try {
      if (this.#feed.clients === 0) this.#followed.clear();
      else {
        // Who has a run to show already can wait for others.
        const eager = this.#except === undefined && this.#followed.size === 0;
        if (eager || this.#looks % looksPerSearch === 0) await this.#search();
        for (const id of this.#followed.keys()) await this.#read(id);
      }
    } catch (error) {
      this.#warn(`the runs of other processes were not read: ${error}`);
    }
    this.#looks++;
    if (this.#timer !== undefined) this.#next();
  }

  /** Finds the runs that go on. */
  async #search(): Promise<void> {
    for (const record of await this.#shelf.runs()) {
      if (record.id === this.#except || this.#followed.has(record.id)) continue;
      if (this.#followed.size < mostRuns && (await isLocked(record.path))) await this.#begin(record);
    }
  }

  async #read(id: string): Promise<void> {
    const { log, record, notices, live } = this.#followed.get(id)!;
    const { state, turns } = await record.summary();
    await log.catchUp();
    for await (const { text } of notices.blocks())
      for (const notice of parseLines(text).filter(isNotice))
        if (notice.kind !== 'ended') live.notice(notice);
    if (state === 'running') return;
    this.#followed.delete(id);
    const ended = state === 'finished' || state === 'failed' ? state : 'stopped';
    this.#feed.notice(id, { kind: 'ended', index: turns, ended });
  }

  /** Begins where the log ends now; what is before, the page reads as curves. */
  async #begin(record: RunRecord): Promise<void> {
    const live = new LiveRun(record.id, this.#feed);
    let hear = (_: LogLine) => {};
    const log = record.follow((line) => hear(line));
    await log.catchUp();
    hear = (line) => {
      // Its notice tells of an evaluation.
      if (line.player !== 'evaluation') live.event(eventOf(line));
    };
    const { turns, steps } = await record.summary();
    live.notice({ kind: 'started', index: turns, steps: steps ?? 0 });
    const notices = new GrowingFile(join(record.path, 'notices.jsonl'));
    for await (const _ of notices.blocks());
    this.#followed.set(record.id, { record, live, log, notices });
  }
}

/** The event that a line of a log was made of. */
function eventOf({ index, player, seconds, ...values }: LogLine): TurnEvent {
  return { index, player, seconds, values: values as TurnEvent['values'] };
}

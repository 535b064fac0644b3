import type { GrowingFile, LogListener, RunCatalog, RunRecord } from '../runs/index.ts';
import { isRunEvent, type LoggedRunEvent, type LogLine, parseLines } from '../runs/index.ts';
import { macrotask, type StepEvent } from '../streams/index.ts';
import type { Feed } from './feed.ts';
import { cutsLog } from './feed.ts';
import { LiveRun } from './live-run.ts';
import type { RunStatus } from './run-status.ts';

const everyMs = 500;
const mostRuns = 8;
/** New runs are looked for every five seconds. */
const looksPerSearch = 10;

interface Followed {
  readonly record: RunRecord;
  readonly live: LiveRun;
  readonly events: GrowingFile;
  /** What its file says of its end, until its process is gone too. */
  ended: LoggedRunEvent | undefined;
}

/**
 * Follows the runs of other processes by their growing files, and passes their events to the feed
 * as if they ran here. It reads only while a client listens.
 */
export class Tail implements LogListener {
  readonly #shelf: RunCatalog;
  readonly #feed: Feed;
  readonly #warn: (message: string) => void;
  readonly #except: string | undefined;
  readonly #followed = new Map<string, Followed>();
  #looks = 0;
  #timer: { unsubscribe(): void } | undefined;

  /** @param except the id of the run of this process, which reports to the feed itself */
  constructor(shelf: RunCatalog, feed: Feed, warn: (message: string) => void, except?: string) {
    this.#shelf = shelf;
    this.#feed = feed;
    this.#warn = warn;
    this.#except = except;
    shelf.listener = this;
    this.#next();
  }

  /** How the runs that are followed are doing, by id. */
  status(): Record<string, RunStatus> {
    return Object.fromEntries([...this.#followed].map(([id, { live }]) => [id, live.status()]));
  }

  /**
   * Every line that is read of a log goes to the feed, so that there is no gap between what a page
   * reads and what it receives.
   */
  line({ id }: RunRecord, line: LogLine): void {
    if (id === this.#except) return;
    const live = this.#followed.get(id)?.live;
    if (live === undefined) this.#feed.step(id, eventOf(line));
    else live.onStep(eventOf(line));
  }

  cut({ id }: RunRecord): void {
    if (id !== this.#except) this.#feed.again(id);
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
        // A page that already shows a run can wait for others.
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
      if (this.#followed.size < mostRuns && (await record.locked())) await this.#begin(record);
    }
  }

  async #read(id: string): Promise<void> {
    const followed = this.#followed.get(id)!;
    const { record, events, live } = followed;
    const { state } = await record.summary();
    for await (const { text } of events.blocks()) {
      for (const event of parseLines(text).filter(isRunEvent)) {
        if (event.kind === 'ended') followed.ended = event;
        else live.onEvent(event);
        if (cutsLog(event)) record.log.forget();
      }
    }
    await record.catchUp();
    if (state === 'running') return;
    if (followed.ended !== undefined) live.onEvent(followed.ended);
    this.#followed.delete(id);
    this.#feed.again(id);
  }

  /** Begins where log and events end now; what is before, the page reads. */
  async #begin(record: RunRecord): Promise<void> {
    const events = record.events();
    for await (const _ of events.blocks());
    await record.catchUp();
    const live = new LiveRun(record.id, this.#feed);
    live.begin(record.log.last + 1);
    this.#followed.set(record.id, { record, live, events, ended: undefined });
    // Between the reading of a page and this one there may have been events.
    this.#feed.again(record.id);
  }
}

/** The event that a line of a log was made of. */
function eventOf({ index, player, seconds, ...values }: LogLine): StepEvent {
  return { index, player, seconds, values: values as StepEvent['values'] };
}

import { wholeNumber } from '../base/index.ts';
import type { RunRecord, Stretch } from '../runs/index.ts';
import { type RunCatalog, runId } from '../runs/index.ts';
import { type HttpAnswer, json } from './answer.ts';
import { Refusal } from './errors.ts';
import type { Feed } from './feed.ts';
import type { LiveRun } from './live-run.ts';

/** The API of runs and their curves. */
export class Api {
  readonly #shelf: RunCatalog;
  readonly #feed: Feed;
  readonly #live: LiveRun | undefined;
  readonly #control: boolean;
  /** Cuts of the log of this process that its index knows of. */
  #cuts = 0;

  constructor(shelf: RunCatalog, feed: Feed, live: LiveRun | undefined, control: boolean) {
    this.#shelf = shelf;
    this.#feed = feed;
    this.#live = live;
    this.#control = control;
  }

  /** All runs, which of them this process runs, and which was written to last. */
  async runs(): Promise<HttpAnswer> {
    const newest = this.#live?.id ?? (await this.#shelf.newest())?.id ?? null;
    // A run that cannot be read, on a mount that hangs perhaps, does not hide the others.
    const read = await Promise.allSettled((await this.#shelf.runs()).map((record) => record.summary()));
    return json({
      position: this.#feed.position(),
      live: this.#live?.id ?? null,
      newest,
      control: this.#control,
      runs: read.flatMap((run) => (run.status === 'fulfilled' ? [this.#present(run.value)] : [])),
    });
  }

  /** One run without its curves. @throws Refusal for an id that is none, or of no run */
  async run(id: string): Promise<HttpAnswer> {
    const record = await this.#find(id);
    const { seq } = this.#feed.position();
    const detail = await record.detail();
    const live = this.#liveOf(id);
    const position = this.#feed.position();
    // The files have the events from before they were read; those of this process are in memory.
    if (live === undefined) return json({ position: { ...position, seq }, ...detail });
    return json({ position, ...this.#present(detail), events: live.events(detail.events) });
  }

  /** A picture of a run. */
  async sample(id: string, name: string): Promise<HttpAnswer> {
    const body = await (await this.#find(id)).sample(name);
    if (body === undefined) throw new Refusal(404, 'there is no such picture');
    return { type: 'image/png', body, headers: { 'cache-control': 'private, max-age=3600' } };
  }

  /**
   * Curves of a run: `run`, and perhaps `from`, `to`, `max`, `keys` (names with commas between).
   */
  async series(query: URLSearchParams): Promise<HttpAnswer> {
    const stretch = stretchOf(query);
    const record = await this.#find(query.get('run') ?? '');
    const live = this.#liveOf(record.id);
    do {
      if (live !== undefined && live.cuts !== this.#cuts) record.log.forget();
      this.#cuts = live?.cuts ?? this.#cuts;
      await record.catchUp();
    } while (live !== undefined && live.cuts !== this.#cuts);
    // From here to the position nothing is waited for, so that both are of one moment.
    const { log, id } = record;
    const { last, lines, players } = log;
    const series = log.columns(stretch);
    const { steps, missing } = live === undefined ? nothing : this.#feed.stepsAfter(id, last);
    return json({
      position: this.#feed.position(),
      run: id,
      last,
      lines,
      players: Object.fromEntries(players),
      steps,
      missing: missing && lines > 0,
      // Scores that arrive meanwhile are sent as well; their step identifies them.
      series: { ...(await series), ...(await record.scores(stretch)) },
    });
  }

  #liveOf(id: string): LiveRun | undefined {
    return id === this.#live?.id ? this.#live : undefined;
  }

  async #find(id: string): Promise<RunRecord> {
    if (!runId.test(id)) throw new Refusal(400, 'run: expected the id of a run');
    const record = await this.#shelf.find(id);
    if (record === undefined) throw new Refusal(404, 'there is no such run');
    return record;
  }

  /** What the files say of the run of this process lags behind. */
  #present<Run extends { id: string }>(run: Run): Run {
    const live = this.#liveOf(run.id);
    if (live === undefined) return run;
    const { state, done } = live.status();
    return { ...run, state, done };
  }
}

const nothing = { steps: [], missing: false };

function stretchOf(query: URLSearchParams): Stretch {
  const whole = (name: string, fallback: number, min: number, max?: number) => {
    const given = query.get(name);
    return given === null
      ? fallback
      : wholeNumber(name, /^\d{1,16}$/.test(given) ? Number(given) : given, min, max);
  };
  try {
    const from = whole('from', 0, 0);
    const to = whole('to', Number.MAX_SAFE_INTEGER, 0);
    const max = whole('max', 1000, 1, 20_000);
    const keys = query.get('keys');
    return { from, to, max, ...(keys !== null && { keys: new Set(keys.split(',')) }) };
  } catch (error) {
    throw new Refusal(400, (error as Error).message);
  }
}

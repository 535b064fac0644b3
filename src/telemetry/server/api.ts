import { wholeNumber } from '../../base/index.ts';
import type { Stretch } from '../series/log-index.ts';
import { type Answer, json } from './answer.ts';
import { Refusal } from './errors.ts';
import type { LiveRun } from './live-run.ts';
import type { RunRecord } from './run-record.ts';
import { type RunShelf, runId } from './run-shelf.ts';

/** What the page is told of runs and their curves. */
export class Api {
  readonly #shelf: RunShelf;
  readonly #live: LiveRun | undefined;
  readonly #control: boolean;

  constructor(shelf: RunShelf, live: LiveRun | undefined, control: boolean) {
    this.#shelf = shelf;
    this.#live = live;
    this.#control = control;
  }

  /** All runs, and which of them this process runs. */
  async runs(): Promise<Answer> {
    const runs = await Promise.all((await this.#shelf.runs()).map((record) => record.summary()));
    return json({
      live: this.#live?.id ?? null,
      control: this.#control,
      runs: runs.map((run) => this.#present(run)),
    });
  }

  /** One run without its curves. @throws Refusal for an id that is none, or of no run */
  async run(id: string): Promise<Answer> {
    return json(this.#present(await (await this.#find(id)).detail()));
  }

  /** A picture of a run. */
  async sample(id: string, name: string): Promise<Answer> {
    const body = await (await this.#find(id)).sample(name);
    if (body === undefined) throw new Refusal(404, 'there is no such picture');
    return { type: 'image/png', body, headers: { 'cache-control': 'private, max-age=3600' } };
  }

  /** Curves of a run: `run`, and perhaps `from`, `to`, `max`, `keys` (names with commas between). */
  async series(query: URLSearchParams): Promise<Answer> {
    const stretch = stretchOf(query);
    const record = await this.#find(query.get('run') ?? '');
    await record.log.catchUp();
    const { last, lines, players } = record.log;
    const series = await record.log.columns(stretch);
    return json({ run: record.id, last, lines, players: Object.fromEntries(players), series });
  }

  async #find(id: string): Promise<RunRecord> {
    if (!runId.test(id)) throw new Refusal(400, 'run: expected the id of a run');
    const record = await this.#shelf.find(id);
    if (record === undefined) throw new Refusal(404, 'there is no such run');
    return record;
  }

  /** What the files say of the run of this process lags behind. */
  #present<Run extends { id: string }>(run: Run): Run {
    if (run.id !== this.#live?.id) return run;
    const { state, turns } = this.#live.status();
    return { ...run, state, turns };
  }
}

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
    return { from, to, max, ...(keys === null ? {} : { keys: new Set(keys.split(',')) }) };
  } catch (error) {
    throw new Refusal(400, (error as Error).message);
  }
}

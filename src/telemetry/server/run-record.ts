import { join } from 'node:path';
import { type KeptNotice, readNotices } from '../notice-log.ts';
import { LogIndex } from '../series/log-index.ts';
import type { LogLine } from '../series/parse-lines.ts';
import { noticesShown } from './live-run.ts';
import {
  isLocked,
  lastTurn,
  listSamples,
  type RunState,
  readJson,
  readSample,
  type Sample,
} from './run-files.ts';

/** A run in the list of runs. */
export interface RunSummary {
  readonly id: string;
  /** The name of its directory. */
  readonly name: string;
  readonly recipe: string;
  readonly data: string;
  readonly engine: string;
  readonly seed: number | null;
  readonly state: RunState;
  /** Turns done, as far as the log reaches. */
  readonly turns: number;
  /** Turns planned. */
  readonly steps: number | null;
}

/** Everything about a run but its curves. */
export interface RunDetail extends RunSummary {
  readonly path: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly report: Readonly<Record<string, unknown>> | null;
  readonly samples: readonly Sample[];
  /** The newest of them, oldest first. */
  readonly notices: readonly KeptNotice[];
}

/** Told what is read of a log behind what was read of it before. */
export interface LogListener {
  line(run: RunRecord, line: LogLine): void;
  /** The log was cut, and what was read of it before counts no more. */
  cut(run: RunRecord): void;
}

/** A run as its directory tells of it, be it finished, running in another process, or in this one. */
export class RunRecord {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** The curves of its log. */
  readonly log: LogIndex;
  /** Whether the log was read to its end; what it grows by from then on is told. */
  #known = false;

  constructor(
    id: string,
    name: string,
    path: string,
    listener: () => LogListener | undefined = () => undefined,
  ) {
    this.id = id;
    this.name = name;
    this.path = path;
    const heard = (line: LogLine) => {
      if (this.#known) listener()?.line(this, line);
    };
    const cut = () => {
      if (this.#known) listener()?.cut(this);
      this.#known = false;
    };
    this.log = new LogIndex(join(path, 'log.jsonl'), heard, cut);
  }

  /** Reads what the log has grown by. @throws the system's error */
  async catchUp(): Promise<void> {
    await this.log.catchUp();
    this.#known = true;
  }

  async summary(): Promise<RunSummary> {
    const [config, report, locked, last] = await Promise.all([
      this.#json('config.json'),
      this.#json('report.json'),
      isLocked(this.path),
      lastTurn(join(this.path, 'log.jsonl')),
    ]);
    const { id, name } = this;
    const done = typeof report?.steps === 'number' && !locked ? report.steps : 0;
    return {
      ...{ id, name },
      recipe: word(config?.recipe),
      data: word(config?.data),
      engine: word(config?.engine),
      seed: figure(config?.seed),
      state: stateOf(locked, config, report),
      turns: Math.max(last + 1, done),
      steps: figure(config?.steps),
    };
  }

  async detail(): Promise<RunDetail> {
    const [summary, config, report, samples, notices] = await Promise.all([
      this.summary(),
      this.#json('config.json'),
      this.#json('report.json'),
      listSamples(this.path),
      readNotices(join(this.path, 'notices.jsonl')),
    ]);
    return {
      ...summary,
      path: this.path,
      config: config ?? {},
      report: (summary.state === 'running' ? undefined : report) ?? null,
      samples: samples.map((sample) => ({ ...sample, index: sample.index ?? summary.turns })),
      notices: notices.slice(-noticesShown),
    };
  }

  /** The bytes of one of its pictures; undefined where it has no such picture. */
  sample(name: string): Promise<Uint8Array | undefined> {
    return readSample(this.path, name);
  }

  #json(name: string) {
    return readJson(join(this.path, name));
  }
}

function stateOf(
  locked: boolean,
  config: Record<string, unknown> | undefined,
  report: Record<string, unknown> | undefined,
): RunState {
  if (locked) return config === undefined ? 'starting' : 'running';
  const ended = report?.ended;
  return ended === 'finished' || ended === 'stopped' || ended === 'failed' ? ended : 'interrupted';
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function figure(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

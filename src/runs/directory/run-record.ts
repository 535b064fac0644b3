import { join } from 'node:path';
import { type Columns, Curve } from './curve.ts';
import { type AskFiles, askDirectly } from './file-queue.ts';
import { GrowingFile } from './growing-file.ts';
import { LogIndex, type Stretch } from './log-index.ts';
import type { LogLine } from './parse-lines.ts';
import { configName } from './run-directory.ts';
import { evaluationsIn, type LoggedRunEvent, readRunEvents } from './run-event-log.ts';
import {
  isLocked,
  lastChange,
  lastStep,
  listSamples,
  type RunState,
  readJson,
  readSample,
  readYaml,
  type SamplePicture,
} from './run-files.ts';

/** The most events of a run that are kept to be shown. */
export const eventsShown = 500;

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
  /** Steps done, as far as the log reaches. */
  readonly done: number;
  /** Steps planned. */
  readonly steps: number | null;
}

/** Everything about a run but its curves. */
export interface RunDetail extends RunSummary {
  readonly path: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly report: Readonly<Record<string, unknown>> | null;
  readonly samples: readonly SamplePicture[];
  /** The newest of them, oldest first. */
  readonly events: readonly LoggedRunEvent[];
}

/** Called with what is read of a log behind what was read of it before. */
export interface LogListener {
  line(run: RunRecord, line: LogLine): void;
  /** The log was cut, and what was read of it before counts no more. */
  cut(run: RunRecord): void;
}

/** A run by its directory: finished, running in another process, or in this one. */
export class RunRecord {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** The curves of its log. */
  readonly log: LogIndex;
  readonly #ask: AskFiles;
  /** Whether the log was read to its end; lines appended later are reported. */
  #known = false;

  /** @param ask asks the file system */
  constructor(
    id: string,
    name: string,
    path: string,
    listener: () => LogListener | undefined = () => undefined,
    ask: AskFiles = askDirectly,
  ) {
    this.id = id;
    this.name = name;
    this.path = path;
    this.#ask = ask;
    const onLine = (line: LogLine) => {
      if (this.#known) listener()?.line(this, line);
    };
    const cut = () => {
      if (this.#known) listener()?.cut(this);
      this.#known = false;
    };
    this.log = new LogIndex(join(path, 'log.jsonl'), onLine, cut, ask);
  }

  /** Reads what the log has grown by. @throws the system's error */
  async catchUp(): Promise<void> {
    await this.log.catchUp();
    this.#known = true;
  }

  /** Its events, as they are appended. */
  events(): GrowingFile {
    return new GrowingFile(join(this.path, 'events.jsonl'), this.#ask);
  }

  /** Whether a process has it. */
  locked(): Promise<boolean> {
    return isLocked(this.path, this.#ask);
  }

  /** When a step of it was last written, in milliseconds; before the first, when it was begun. */
  changed(): Promise<number> {
    return lastChange([join(this.path, 'log.jsonl'), join(this.path, configName)], this.#ask);
  }

  /** The curves of its scores, each at the step that it knows of last. */
  async scores({ from = 0, to = Infinity, max, keys }: Stretch): Promise<Record<string, Columns>> {
    const evaluations = evaluationsIn(await readRunEvents(join(this.path, 'events.jsonl'), this.#ask));
    const times = this.log.secondsAt(evaluations.map(({ index }) => index - 1));
    const curves = new Map<string, Curve>();
    for (const [i, { index, values }] of evaluations.entries()) {
      for (const [name, value] of Object.entries(values)) {
        const key = `evaluation/${name}`;
        if (keys !== undefined && !keys.has(key)) continue;
        const curve = curves.get(key) ?? new Curve();
        curves.set(key, curve);
        curve.add(index - 1, times[i]!, value);
      }
    }
    return Object.fromEntries([...curves].map(([key, curve]) => [key, curve.columns(max, from, to)]));
  }

  async summary(): Promise<RunSummary> {
    const [config, report, locked, last] = await Promise.all([
      readYaml(join(this.path, configName), this.#ask),
      readJson(join(this.path, 'report.json'), this.#ask),
      this.locked(),
      lastStep(join(this.path, 'log.jsonl'), this.#ask),
    ]);
    const { id, name } = this;
    const done = typeof report?.steps === 'number' && !locked ? report.steps : 0;
    return {
      id,
      name,
      recipe: word(config?.recipe),
      data: word(config?.data),
      engine: word(config?.engine),
      seed: figure(config?.seed),
      state: stateOf(locked, config, report),
      done: Math.max(last + 1, done),
      steps: figure(config?.steps),
    };
  }

  async detail(): Promise<RunDetail> {
    const [summary, config, report, samples, events] = await Promise.all([
      this.summary(),
      readYaml(join(this.path, configName), this.#ask),
      readJson(join(this.path, 'report.json'), this.#ask),
      listSamples(this.path, this.#ask),
      readRunEvents(join(this.path, 'events.jsonl'), this.#ask),
    ]);
    return {
      ...summary,
      path: this.path,
      config: config ?? {},
      report: (summary.state === 'running' ? undefined : report) ?? null,
      samples: samples.map((sample) => ({ ...sample, index: sample.index ?? summary.done })),
      events: events.slice(-eventsShown),
    };
  }

  /** The bytes of one of its pictures; undefined where it has no such picture. */
  sample(name: string): Promise<Uint8Array | undefined> {
    return readSample(this.path, name, this.#ask);
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

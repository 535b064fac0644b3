import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { namesIn } from './run-files.ts';
import { type LogListener, RunRecord } from './run-record.ts';

/** What the id of a run looks like. */
export const runId = /^[a-z0-9][a-z0-9-]{0,62}$/;

const most = 500;

/** The runs that are shown: one run directory, or all of a folder. A request names a run by id and never by path. */
export class RunShelf {
  readonly #folder: string;
  readonly #own: string | undefined;
  readonly #records = new Map<string, RunRecord>();
  /** Told what the logs of the runs grow by. */
  listener: LogListener | undefined;

  /**
   * @param folder whose children are the runs
   * @param own the directory of a run that is shown in any case, such as one that is about to begin
   */
  constructor(folder: string, own?: string) {
    this.#folder = resolve(folder);
    this.#own = own === undefined ? undefined : resolve(own);
    if (this.#own !== undefined) this.#put(this.#own);
  }

  /** The runs in a path: of a run directory itself, or of a folder of them. */
  static at(path: string): RunShelf {
    const whole = resolve(path);
    return existsSync(join(whole, 'config.json')) ? new RunShelf(whole, whole) : new RunShelf(whole);
  }

  /** A run and its neighbours in the same folder. */
  static around(path: string): RunShelf {
    return new RunShelf(dirname(resolve(path)), path);
  }

  /** All runs that are there now, by name. */
  async runs(): Promise<RunRecord[]> {
    const names = this.#folder === this.#own ? [] : (await namesIn(this.#folder)).sort().slice(0, most);
    for (const name of names) {
      const path = join(this.#folder, name);
      if (existsSync(join(path, 'config.json'))) this.#put(path);
    }
    const gone = ({ path }: RunRecord) => path !== this.#own && !existsSync(join(path, 'config.json'));
    for (const record of this.#records.values()) if (gone(record)) this.#records.delete(record.id);
    return [...this.#records.values()].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  }

  /** The run of an id; undefined where there is none. */
  async find(id: string): Promise<RunRecord | undefined> {
    return this.#records.get(id) ?? (await this.runs()).find((record) => record.id === id);
  }

  /** The id of a run's directory. */
  static idOf(path: string): string {
    const name = basename(resolve(path));
    if (runId.test(name)) return name;
    // Names that differ only in what an id cannot say get ids that differ.
    const mark = createHash('sha256').update(name).digest('hex').slice(0, 8);
    const plain = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-/, '')
      .slice(0, 50);
    return `${plain || 'run'}-${mark}`.replaceAll('--', '-');
  }

  #put(path: string): void {
    const id = RunShelf.idOf(path);
    if (!this.#records.has(id))
      this.#records.set(id, new RunRecord(id, basename(path), path, () => this.listener));
  }
}

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { askDirectly, FileQueue, FileSystemStalledError } from './file-queue.ts';
import { configName } from './run-directory.ts';
import { isRun, namesIn } from './run-files.ts';
import { type LogListener, RunRecord } from './run-record.ts';

/** What the id of a run looks like. */
export const runId = /^[a-z0-9][a-z0-9-]{0,62}$/;

const most = 500;

/**
 * The runs that are shown: one run directory, or all of a folder. A request names a run by id and
 * never by path.
 */
export class RunCatalog {
  readonly #folder: string;
  readonly #own: string | undefined;
  readonly #records = new Map<string, RunRecord>();
  /** Called with what the logs of the runs grow by. */
  listener: LogListener | undefined;
  /** What is on the shelf may lie where the run of this process does not, on a mount that hangs. */
  readonly #files = new FileQueue();

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
  static at(path: string): RunCatalog {
    const whole = resolve(path);
    return existsSync(join(whole, configName)) ? new RunCatalog(whole, whole) : new RunCatalog(whole);
  }

  /** A run and its neighbours in the same folder. */
  static around(path: string): RunCatalog {
    return new RunCatalog(dirname(resolve(path)), path);
  }

  /** All runs that are there now, by name. */
  async runs(): Promise<RunRecord[]> {
    try {
      await this.#look();
    } catch (error) {
      // The run of this process is known all the same.
      if (!(error instanceof FileSystemStalledError) || this.#own === undefined) throw error;
    }
    return [...this.#records.values()].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  }

  async #look(): Promise<void> {
    const { ask } = this.#files;
    const names = this.#folder === this.#own ? [] : (await namesIn(this.#folder, ask)).sort().slice(0, most);
    const paths = new Set(this.#own === undefined ? [] : [this.#own]);
    for (const name of names) {
      const path = join(this.#folder, name);
      if (await isRun(path, ask)) paths.add(path);
    }
    for (const path of paths) this.#put(path);
    for (const { id, path } of this.#records.values()) if (!paths.has(path)) this.#records.delete(id);
  }

  /** The run that was written to last. */
  async newest(): Promise<RunRecord | undefined> {
    let newest: { readonly record: RunRecord; readonly changed: number } | undefined;
    for (const record of await this.runs()) {
      const changed = await record.changed();
      if (newest === undefined || changed >= newest.changed) newest = { record, changed };
    }
    return newest?.record;
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
    const id = RunCatalog.idOf(path);
    const ask = path === this.#own ? askDirectly : this.#files.ask;
    if (!this.#records.has(id))
      this.#records.set(id, new RunRecord(id, basename(path), path, () => this.listener, ask));
  }
}

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isLeftOver, systemCode, writeWhole } from '../../base/index.ts';
import { CheckpointStore } from '../../checkpoint/index.ts';
import type { Recipe, Settings } from '../../recipes/index.ts';
import { configLimit, readConfigText } from '../configuration/read-text.ts';
import { runYaml } from '../configuration/run-yaml.ts';
import { type ConfigFileError, RunDirectoryError } from '../errors.ts';
import { readConfig, readRecorded } from './read-config.ts';
import type { RecordedConfig, RunConfig } from './run-config.ts';
import { isLockFile, RunLock } from './run-lock.ts';
import type { Report } from './run-report.ts';

/** The name of the file that makes a directory that of a run. */
export const configName = 'config.yaml';

/** The directory of one run: config, log, checkpoints, samples, report. */
export class RunDirectory {
  readonly path: string;
  #lock: RunLock | undefined;

  constructor(path: string) {
    this.path = path;
  }

  get log(): string {
    return join(this.path, 'log.jsonl');
  }

  /** What happened beside the steps: checkpoints, scores, alerts, the ending. */
  get events(): string {
    return join(this.path, 'events.jsonl');
  }

  get checkpoints(): string {
    return join(this.path, 'checkpoints');
  }

  /** The checkpoints of the run: the newest three and every tenth stay. */
  checkpointStore({ checkpointEvery }: Pick<Settings, 'checkpointEvery'>): CheckpointStore {
    return new CheckpointStore(this.checkpoints, { keep: { last: 3, multiplesOf: 10 * checkpointEvery } });
  }

  sample(name: string): string {
    return join(this.path, 'samples', `${name}.png`);
  }

  /**
   * Refuses a directory that is there and not empty, and changes nothing. @throws RunDirectoryError
   */
  requireEmpty(): void {
    const present = this.#entries().filter((name) => !isLockFile(name) && !isLeftOver(name));
    if (present.length > 0) {
      const what = present.includes(configName)
        ? 'holds another run'
        : `is not empty (${present.slice(0, 3).join(', ')})`;
      throw new RunDirectoryError(
        `dir: expected a new or empty directory, got ${this.path}, which ${what}; name another one, or use weir resume`,
      );
    }
  }

  /**
   * Makes the directory and writes the config.
   * @param source the configuration that the run is started from, whose comments are kept
   * @throws RunDirectoryError when it holds another run, or anything else
   */
  create(config: RecordedConfig, source?: string): void {
    this.#make();
    this.requireEmpty();
    // Written first, since it makes the directory a run: after a crash before it the run can be
    // started again, after it resumed.
    this.#writeConfig(config, source);
    this.#makeFolders();
  }

  /**
   * Makes the folders of a run that are missing, removes files that a crash kept from being
   * finished, and the report, which tells of an earlier execution.
   */
  restoreOrder(): void {
    this.#makeFolders();
    rmSync(join(this.path, 'report.json'), { force: true });
    for (const folder of [this.path, join(this.path, 'samples')])
      for (const name of readdirSync(folder).filter(isLeftOver)) rmSync(join(folder, name), { force: true });
  }

  #makeFolders(): void {
    for (const folder of [this.checkpoints, join(this.path, 'samples')])
      mkdirSync(folder, { recursive: true });
  }

  /**
   * The config of the run of a recipe.
   * @param own the recipe, where a script has recorded the run with one of its own
   * @throws RunDirectoryError when there is none, it cannot be read, a value is against its rule,
   * or a script has recorded the run
   */
  config(own?: Recipe): RunConfig {
    return readConfig(this.#configText(), this.configFile, own);
  }

  /**
   * The config of the run, be it of a recipe or of a script; undefined where there is no run.
   * @throws RunDirectoryError
   */
  recorded(): RecordedConfig | undefined {
    if (!this.#entries(['ENOENT', 'ENOTDIR']).includes(configName)) return undefined;
    return readRecorded(this.#configText(), this.configFile);
  }

  /** The file of the config. */
  get configFile(): string {
    return join(this.path, configName);
  }

  #configText(): string {
    try {
      return readConfigText(this.configFile);
    } catch (error) {
      const { cause, message } = error as ConfigFileError;
      const absent = ['ENOENT', 'ENOTDIR'].includes(systemCode(cause) ?? '');
      throw new RunDirectoryError(
        `run directory: expected the directory of a run, got ${this.path}, which ${absent ? `has no ${configName}` : `has a ${configName} that cannot be read: ${message}`}`,
        { cause },
      );
    }
  }

  /**
   * Replaces the config: a resumed run may have a new number of steps. Comments stay.
   * @throws RunDirectoryError
   */
  update(config: RecordedConfig): void {
    this.#writeConfig(config, this.#entries().includes(configName) ? this.#configText() : undefined);
  }

  #writeConfig(config: RecordedConfig, before: string | undefined): void {
    const text = runYaml(config, before);
    if (Buffer.byteLength(text) > configLimit)
      throw new RangeError(
        `config: expected at most ${configLimit} bytes as YAML, got ${Buffer.byteLength(text)}`,
      );
    try {
      writeWhole(this.configFile, text);
    } catch (error) {
      throw this.#unusable(error);
    }
  }

  report(report: object): void {
    this.#write('report.json', report);
  }

  /** The report of a run that has finished; undefined where there is none that can be read. */
  finished(): Report | undefined {
    try {
      const report: Partial<Report> = Object(
        JSON.parse(readFileSync(join(this.path, 'report.json'), 'utf8')),
      );
      return report.ended === 'finished' ? (report as Report) : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Claims the directory for this process until the returned function is called.
   * @throws RunDirectoryError when another process that still lives has it
   */
  lock(): () => void {
    this.#make();
    let lock: RunLock;
    try {
      lock = RunLock.acquire(this.path);
    } catch (error) {
      if (error instanceof RunDirectoryError) throw error;
      throw this.#unusable(error);
    }
    this.#lock = lock;
    return () => {
      this.#lock = undefined;
      lock.release();
    };
  }

  /** Looks whether a directory that was locked still is. @throws RunLockLostError */
  check(): void {
    this.#lock?.check();
  }

  /**
   * Whether a directory that was locked is known to be so no more. Costs nothing, and learns of it
   * within seconds.
   */
  get lost(): boolean {
    return this.#lock?.lost !== undefined;
  }

  /** Whether this process has the directory still. */
  get locked(): boolean {
    return this.#lock !== undefined && this.held;
  }

  /** Whether `check` finds nothing wrong. */
  get held(): boolean {
    try {
      this.check();
      return true;
    } catch {
      return false;
    }
  }

  /** The names of what is in the directory; none where the system says that it is absent. */
  #entries(absent: readonly string[] = ['ENOENT']): string[] {
    try {
      return readdirSync(this.path);
    } catch (error) {
      if (absent.includes(systemCode(error) ?? '')) return [];
      throw this.#unusable(error);
    }
  }

  #make(): void {
    try {
      mkdirSync(this.path, { recursive: true });
    } catch (error) {
      throw this.#unusable(error);
    }
  }

  #unusable(cause: unknown): RunDirectoryError {
    return new RunDirectoryError(
      `run directory: expected one that can be made and written, got ${this.path} (${systemCode(cause)})`,
      { cause },
    );
  }

  #write(name: string, content: object): void {
    writeWhole(join(this.path, name), `${JSON.stringify(content, null, 2)}\n`);
  }
}

/** The first of `<root>/<name>-1`, `<root>/<name>-2`, ... that does not exist. */
export function freeRunDirectory(root: string, name: string): RunDirectory {
  let number = 1;
  while (existsSync(join(root, `${name}-${number}`))) number++;
  return new RunDirectory(join(root, `${name}-${number}`));
}

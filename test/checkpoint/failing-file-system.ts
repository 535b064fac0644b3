import { type FileSystem, type OpenFile, realFileSystem } from 'weir-streams/checkpoint';

/**
 * `short` makes a write take half of its bytes; everything else is thrown as a system error with
 * that code.
 */
export type Fault = 'EIO' | 'ENOSPC' | 'EACCES' | 'short';

/**
 * The real file system, with one operation that fails: the one with the number `failAt`, counted
 * from 0.
 */
export class FailingFileSystem implements FileSystem {
  /** How many operations there have been. */
  count = 0;
  /** The operation that failed. */
  failed: string | undefined;
  error: Error | undefined;
  readonly #failAt: number;
  readonly #fault: Fault;

  constructor(failAt: number, fault: Fault) {
    this.#failAt = failAt;
    this.#fault = fault;
  }

  makeFolder = (path: string) => this.#try('makeFolder', () => realFileSystem.makeFolder(path));
  names = (folder: string) => this.#try('names', () => realFileSystem.names(folder));
  read = (path: string) => this.#try('read', () => realFileSystem.read(path));
  rename = (from: string, to: string) => this.#try('rename', () => realFileSystem.rename(from, to));
  remove = (path: string) => this.#try('remove', () => realFileSystem.remove(path));
  syncFolder = (path: string) => this.#try('syncFolder', () => realFileSystem.syncFolder(path));

  async create(path: string): Promise<OpenFile> {
    const file = await this.#try('create', () => realFileSystem.create(path));
    return {
      write: (bytes) => {
        const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
        return this.#try(
          'write',
          () => file.write(bytes),
          () => file.write(half),
        );
      },
      sync: () => this.#try('sync', () => file.sync()),
      // A descriptor is gone even when closing it reports an error.
      close: () =>
        this.#try(
          'close',
          () => file.close(),
          () => file.close(),
        ),
    };
  }

  async #try<T>(name: string, act: () => Promise<T>, short = act): Promise<T> {
    if (this.count++ !== this.#failAt) return act();
    this.failed = name;
    if (this.#fault === 'short') return short();
    if (name === 'close') await short();
    this.error = Object.assign(new Error(`${this.#fault}: injected, ${name}`), { code: this.#fault });
    throw this.error;
  }
}

import { basename, join } from 'node:path';
import { systemCode, WeirError } from '../base/index.ts';
import type { Checkpoint, LoadedCheckpoint } from './checkpoint.ts';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import {
  CheckpointCorruptError,
  CheckpointForeignError,
  CheckpointPruneError,
  CheckpointReadError,
  CheckpointWriteError,
} from './errors.ts';
import { checkKeep, expired, type Keep } from './expired.ts';
import { fileName, indexOf, isTemporary } from './file-name.ts';
import { type FileSystem, realFileSystem } from './file-system.ts';
import { replaceFile } from './replace-file.ts';

/** Options of a store. */
export interface CheckpointStoreOptions {
  /** Which checkpoints stay. @default the newest 3 */
  readonly keep?: Partial<Keep>;
  /** @default the file system of the machine */
  readonly fs?: FileSystem;
}

/** A checkpoint on disk, known by its file name; its content has not been read. */
export interface StoredCheckpoint {
  readonly path: string;
  readonly index: number;
}

/** What a save did. */
export interface SavedCheckpoint extends StoredCheckpoint {
  readonly bytes: number;
  /**
   * Old checkpoints that could not be removed: the new one is safe, but the disk fills. The next
   * save tries again.
   */
  readonly notRemoved: readonly CheckpointPruneError[];
}

/** The newest good checkpoint. */
export interface LatestCheckpoint extends LoadedCheckpoint, StoredCheckpoint {
  /** Why newer ones were passed by, newest first. Empty when all is well. */
  readonly skipped: readonly WeirError[];
}

/**
 * The checkpoints of one run in one folder, ordered by step, never by time. Only the process that
 * trains may save; any number may read. Files whose names the store would not give are never
 * touched, so a checkpoint that is linked or copied to another name (`best.safetensors`) stays.
 */
export class CheckpointStore {
  readonly folder: string;
  readonly #keep: Keep;
  readonly #fs: FileSystem;
  #saving = false;
  #made = false;

  /** Touches no file. @throws RangeError naming the option that is wrong */
  constructor(folder: string, options: CheckpointStoreOptions = {}) {
    this.folder = folder;
    this.#keep = checkKeep({ last: 3, ...options.keep });
    this.#fs = options.fs ?? realFileSystem;
  }

  /**
   * Writes a checkpoint and then removes those that need not stay. When the promise is fulfilled,
   * the checkpoint survives a crash of process and machine; until then the tensors must not change.
   * One at a time. The first save makes the folder; one that vanishes later is not made again,
   * since it was removed on purpose.
   * @throws CheckpointWriteError, and nothing is left of the attempt; what `encode` throws
   */
  async save(checkpoint: Checkpoint): Promise<SavedCheckpoint> {
    if (this.#saving) throw new Error('CheckpointStore: expected one save at a time, got a second one');
    this.#saving = true;
    try {
      const parts = encode(checkpoint);
      const { index } = checkpoint.state;
      const path = join(this.folder, fileName(index));
      const { steps, notRemoved } = await this.#write(path, parts);
      const old = expired(steps, index, this.#keep).map(fileName);
      notRemoved.push(...(await this.#remove(old)));
      return { path, index, bytes: parts.reduce((sum, part) => sum + part.length, 0), notRemoved };
    } finally {
      this.#saving = false;
    }
  }

  /**
   * The checkpoints in the folder by step, oldest first; none where there is no folder. @throws
   * CheckpointReadError
   */
  async list(): Promise<readonly StoredCheckpoint[]> {
    try {
      const steps = stepsIn(await this.#fs.names(this.folder));
      return steps.map((index) => ({ index, path: join(this.folder, fileName(index)) }));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw new CheckpointReadError(this.folder, error);
    }
  }

  /**
   * Reads and verifies a checkpoint. @throws CheckpointCorruptError, CheckpointForeignError,
   * CheckpointReadError
   */
  async load(path: string): Promise<LoadedCheckpoint> {
    const bytes = await this.#fs.read(path).catch((error) => {
      throw new CheckpointReadError(path, error);
    });
    const checkpoint = decode(bytes, path);
    const step = indexOf(basename(path));
    if (step === undefined || step === checkpoint.state.index) return checkpoint;
    const rule = `expected the checkpoint of step ${step}, as the name says, got that of ${checkpoint.state.index}`;
    throw new CheckpointCorruptError(path, undefined, rule);
  }

  /**
   * The newest checkpoint that is good, or undefined where there is none at all.
   * @throws CheckpointForeignError for one that another version or program wrote, unless a newer
   * one is good; when there are some and none can be used: what `load` throws for the newest
   */
  async latest(): Promise<LatestCheckpoint | undefined> {
    const skipped: WeirError[] = [];
    for (const stored of [...(await this.list())].reverse()) {
      try {
        return { ...stored, ...(await this.load(stored.path)), skipped };
      } catch (error) {
        // Of another version, which can use what this one would go on to overwrite.
        if (!(error instanceof WeirError) || error instanceof CheckpointForeignError) throw error;
        skipped.push(error);
      }
    }
    if (skipped.length > 0) throw skipped[0];
    return undefined;
  }

  /**
   * Removes the checkpoints of steps after `index`, when a run goes back to it. @throws
   * CheckpointPruneError, CheckpointReadError
   */
  async removeAfter(index: number): Promise<void> {
    const later = (await this.list()).filter((stored) => stored.index > index);
    const [failure] = await this.#remove(later.map(({ path }) => basename(path)));
    if (failure !== undefined) throw failure;
  }

  async #write(path: string, parts: readonly Uint8Array[]): Promise<Written> {
    let steps: readonly number[] | undefined;
    try {
      if (!this.#made) await this.#fs.makeFolder(this.folder);
      this.#made = true;
      const names = await this.#fs.names(this.folder);
      steps = stepsIn(names);
      const notRemoved = await this.#remove(names.filter(isTemporary));
      await replaceFile(this.#fs, path, parts);
      return { steps, notRemoved };
    } catch (error) {
      const newest = steps?.at(-1);
      throw new CheckpointWriteError(path, newest === undefined ? steps && null : fileName(newest), error);
    }
  }

  async #remove(names: readonly string[]): Promise<CheckpointPruneError[]> {
    const failures: CheckpointPruneError[] = [];
    for (const name of names) {
      const path = join(this.folder, name);
      await this.#fs.remove(path).catch((error) => failures.push(new CheckpointPruneError(path, error)));
    }
    return failures;
  }
}

interface Written {
  /** The steps whose checkpoints were there before. */
  readonly steps: readonly number[];
  readonly notRemoved: CheckpointPruneError[];
}

function stepsIn(names: readonly string[]): number[] {
  return names
    .map(indexOf)
    .filter((step) => step !== undefined)
    .sort((a, b) => a - b);
}

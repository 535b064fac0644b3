import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { withCleanup } from '../base/index.ts';

/** A file that is being written. */
export interface OpenFile {
  /** Appends some of the bytes and returns their number, which may be fewer than were given. */
  write(bytes: Uint8Array): Promise<number>;
  /** Answers when what was written survives a loss of power. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * All that checkpoints ask of a file system. Tests put one in its place that fails when they say
 * so.
 */
export interface FileSystem {
  /** Makes the folder, and those above it, where they are missing. */
  makeFolder(path: string): Promise<void>;
  /** The names in a folder, in any order. */
  names(folder: string): Promise<readonly string[]>;
  /** Opens an empty file for writing; one that is there loses its content. */
  create(path: string): Promise<OpenFile>;
  read(path: string): Promise<Uint8Array>;
  /** Gives a file another name in one step; a file that has it is replaced. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Answers when the names in the folder survive a loss of power. */
  syncFolder(path: string): Promise<void>;
}

/** The file system of the machine. */
export const realFileSystem: FileSystem = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true });
  },
  names: (folder) => readdir(folder),
  async create(path) {
    const handle = await open(path, 'w');
    return {
      write: async (bytes) => (await handle.write(bytes)).bytesWritten,
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
  read: (path) => readFile(path),
  rename,
  remove: unlink,
  async syncFolder(path) {
    // Windows opens no folder, and writes names through.
    if (process.platform === 'win32') return;
    const handle = await open(path, 'r');
    await withCleanup(
      () => handle.sync(),
      () => handle.close(),
    );
  },
};

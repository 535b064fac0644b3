import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';

const sync = promisify(fdatasync);

/** A file that only grows, or is cut. Tests put one in its place that fails when they say so. */
export interface AppendFile {
  size(): number;
  /** The bytes from a position on: at most `length`, fewer at the end of the file. */
  read(position: number, length: number): Uint8Array;
  /** Appends some of the bytes, and returns how many: it may be fewer than were given. */
  append(bytes: Uint8Array): number;
  truncate(size: number): void;
  /** Resolves when the content survives a loss of power. */
  sync(): Promise<void>;
  close(): void;
}

/**
 * Opens a file of the machine to append; it is made where there is none. @throws the system's error
 */
export function openAppendFile(path: string): AppendFile {
  const file = openSync(path, 'a+');
  return {
    size: () => fstatSync(file).size,
    read(position, length) {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, position));
    },
    append: (bytes) => writeSync(file, bytes),
    truncate: (size) => ftruncateSync(file, size),
    sync: () => sync(file),
    close: () => closeSync(file),
  };
}

import { type AskFiles, askDirectly } from './file-queue.ts';
import { closeSoon, openRegular } from './regular-file.ts';

const blockBytes = 1 << 18;
const newline = 10;

/** Reads a file of lines that grows: each call goes on where the last one ended. */
export class GrowingFile {
  readonly #path: string;
  readonly #ask: AskFiles;
  /** Bytes of whole lines that were read. */
  #offset = 0;

  /** @param ask asks the file system */
  constructor(path: string, ask: AskFiles = askDirectly) {
    this.#path = path;
    this.#ask = ask;
  }

  get offset(): number {
    return this.#offset;
  }

  /**
   * What was appended since, in blocks of whole lines; a last line without its end waits for the
   * next call. A file that has become shorter is read from its beginning, and `restarted` is set on
   * the first block. No file, a link or a pipe gives no blocks.
   * @throws the system's error when the file is there and cannot be read
   */
  async *blocks(end = Infinity): AsyncGenerator<{ text: string; offset: number; restarted: boolean }> {
    const ask = this.#ask;
    const file = await openRegular(this.#path, ask);
    if (file === undefined) return;
    try {
      const { size } = await ask(() => file.stat());
      let restarted = size < this.#offset;
      if (restarted) this.#offset = 0;
      for (let want = blockBytes; this.#offset < Math.min(size, end); ) {
        const { bytesRead, buffer } = await ask(() => file.read(Buffer.alloc(want), 0, want, this.#offset));
        const length = buffer.lastIndexOf(newline, bytesRead - 1) + 1;
        if (bytesRead === 0) return;
        if (length === 0) {
          // No whole line in the block: a longer one, or the last, which is still being written.
          if (bytesRead < want) return;
          want *= 2;
          continue;
        }
        const offset = this.#offset;
        this.#offset += length;
        yield { text: buffer.toString('utf8', 0, length), offset, restarted };
        restarted = false;
      }
    } finally {
      closeSoon(file);
    }
  }

  /** Begins at a byte that is known to be the start of a line. */
  seek(offset: number): this {
    this.#offset = offset;
    return this;
  }
}

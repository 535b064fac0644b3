import { monotonicSeconds, withCleanupSync } from '../../base/index.ts';
import { type AppendFile, openAppendFile } from './append-file.ts';

const newline = 10;

/** A file of lines can no longer be written, or can be again. */
export type WriteTrouble =
  | { readonly kind: 'write-failed'; readonly message: string }
  /** `lost`: lines that came meanwhile and for which there was no room in memory. */
  | { readonly kind: 'write-recovered'; readonly lost: number };

/** Options of a file of lines. */
export interface LineFileOptions {
  /** Characters that are gathered before they are written; 0 writes every line at once. */
  readonly gather?: number;
  /** Seconds after which gathered lines are written, and between attempts after a failure. */
  readonly wait?: number;
  /**
   * Characters that are kept while the file cannot be written; further lines are dropped and
   * counted.
   */
  readonly keep?: number;
  /** Called once when writing begins to fail, and once when it works again. */
  readonly onTrouble?: (trouble: WriteTrouble) => void;
  /** Seconds on a clock that never jumps. */
  readonly now?: () => number;
  readonly open?: (path: string) => AppendFile;
}

/**
 * A file to which whole lines are appended. A failed write (a full disk, an I/O error) loses
 * nothing: what it has left of a line is cut off, and the lines are kept and written by the next
 * attempt. Lines are lost only where more come than `keep`.
 */
export class LineFile {
  readonly #file: AppendFile;
  readonly #options: Required<Omit<LineFileOptions, 'open'>>;
  #buffer = '';
  /** When the last attempt was made. */
  #tried: number;
  /** Why the last attempt failed; undefined where it did not. */
  #failure: Error | undefined;
  /**
   * The end of the last whole line in the file, and how many bytes a failed attempt may have left
   * behind it.
   */
  #end: number;
  #attempted = 0;
  #lost = 0;
  /** Of them, those since the last recovery. */
  #lostLately = 0;

  /** @throws the system's error when the file cannot be opened */
  constructor(path: string, { open = openAppendFile, ...options }: LineFileOptions = {}) {
    const defaults = { gather: 0, wait: 2, keep: 1 << 24, onTrouble: () => {}, now: monotonicSeconds };
    this.#options = { ...defaults, ...options };
    this.#file = open(path);
    this.#end = this.#file.size();
    this.#tried = this.#options.now();
    this.#separate();
  }

  /**
   * Lines that are not in the file: those that were dropped, and those that wait after a failure.
   */
  get unwritten(): number {
    return this.#lost + (this.#failure === undefined ? 0 : linesIn(this.#buffer).length);
  }

  /** Adds a line. @returns false where it was dropped */
  write(line: string): boolean {
    const { keep, gather } = this.#options;
    const failing = this.#failure !== undefined;
    const dropped = failing && this.#buffer.length + line.length >= keep;
    if (dropped) {
      this.#lost++;
      this.#lostLately++;
    } else this.#buffer += `${line}\n`;
    if ((!failing && this.#buffer.length >= gather) || this.#waited()) this.flush();
    return !dropped;
  }

  /**
   * Hands all lines to the operating system. @returns false where it did not take them; they are
   * then kept
   */
  flush(): boolean {
    this.#tried = this.#options.now();
    let bytes = Buffer.of();
    let done = 0;
    try {
      if (this.#failure !== undefined) this.#mend();
      bytes = Buffer.from(this.#buffer);
      while (done < bytes.length) {
        const taken = this.#file.append(bytes.subarray(done));
        if (taken === 0) throw new Error('the disk takes no more');
        done += taken;
      }
    } catch (error) {
      const whole = bytes.subarray(0, done).lastIndexOf(newline) + 1;
      this.#end += whole;
      this.#attempted = Math.max(this.#attempted, bytes.length - whole);
      if (bytes.length > 0) this.#buffer = bytes.toString('utf8', whole);
      this.#failed(error);
      return false;
    }
    this.#end += done;
    this.#buffer = '';
    this.#recovered();
    return true;
  }

  /**
   * The last lines: what is in the last bytes of the file, and what waits. The first of them may be
   * part of a line.
   */
  tail(bytes: number): string {
    const from = Math.max(0, this.#end - bytes);
    return Buffer.from(this.#file.read(from, this.#end - from)).toString() + this.#buffer;
  }

  /** Flushes, and waits until the lines survive a loss of power. @throws the system's error */
  async sync(): Promise<void> {
    if (!this.flush()) throw this.#failure;
    await this.#file.sync();
  }

  /**
   * Lets a task cut the file, and forgets of the lines that wait those that are not to be kept.
   * @throws the system's error
   */
  cut(task: (file: AppendFile) => void, keeps: (line: string) => boolean): void {
    this.flush();
    task(this.#file);
    this.#end = this.#file.size();
    this.#attempted = 0;
    const kept = linesIn(this.#buffer).filter(keeps);
    this.#buffer = kept.map((line) => `${line}\n`).join('');
  }

  /** Drops the lines that are not written: the file is no longer the writer's. */
  discard(): void {
    this.#buffer = '';
    this.#failure = undefined;
  }

  /**
   * Flushes and closes. @throws the system's error, also where lines are left that were not written
   */
  close(): void {
    withCleanupSync(
      () => {
        if (!this.flush()) throw this.#failure;
      },
      () => this.#file.close(),
    );
  }

  #waited(): boolean {
    return this.#options.now() - this.#tried >= this.#options.wait;
  }

  #failed(error: unknown): void {
    const first = this.#failure === undefined;
    this.#failure = error instanceof Error ? error : new Error(String(error));
    try {
      // At once, so that a reader and a resumed run find whole lines only.
      this.#mend();
    } catch {}
    if (first) this.#options.onTrouble({ kind: 'write-failed', message: this.#failure.message });
  }

  #recovered(): void {
    if (this.#failure === undefined) return;
    const lost = this.#lostLately;
    this.#failure = undefined;
    this.#lostLately = 0;
    this.#options.onTrouble({ kind: 'write-recovered', lost });
  }

  /**
   * Cuts off what a failed attempt has left of a line. What anyone else has done to the file stays.
   */
  #mend(): void {
    const size = this.#file.size();
    if (size > this.#end && size <= this.#end + this.#attempted) this.#file.truncate(this.#end);
    else if (size !== this.#end) {
      this.#end = size;
      this.#separate();
    }
    this.#attempted = 0;
  }

  /** Ends a line that a crash has torn, so that the next one is whole. */
  #separate(): void {
    if (this.#end > 0 && this.#file.read(this.#end - 1, 1)[0] !== newline) this.#buffer = `\n${this.#buffer}`;
  }
}

function linesIn(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

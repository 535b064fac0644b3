import { systemCode } from '../base/index.ts';
import type { ProgressStream } from './progress.ts';

/** Called with the system's code of the write that failed, such as `EPIPE`. */
export type LostListener = (code: string) => void;

/** What an output needs of a stream: `process.stdout` fits. */
export interface OutputStream extends ProgressStream {
  write(text: string, written?: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * stdout or stderr of the process. The first write that fails, because the reader has closed the
 * pipe, the terminal has gone or the disk is full, ends the writing; it never ends the process.
 */
export class Output implements ProgressStream {
  readonly #stream: OutputStream;
  readonly #listeners = new Set<LostListener>();
  #lost: string | undefined;
  #reported = false;

  constructor(stream: OutputStream) {
    this.#stream = stream;
    stream.on('error', (error) => this.#lose(error));
  }

  get isTTY(): boolean {
    return this.#stream.isTTY === true;
  }

  get columns(): number | undefined {
    return this.#stream.columns;
  }

  /** Why nothing more is written, where no listener was called with it. */
  get unheard(): string | undefined {
    return this.#reported ? undefined : this.#lost;
  }

  write(text: string): void {
    if (this.#lost !== undefined) return;
    this.#stream.write(text);
  }

  /**
   * Calls the listener once nothing more is written, at once where that is so already. @returns
   * what forgets it
   */
  onLost(listener: LostListener): () => void {
    this.#listeners.add(listener);
    if (this.#lost !== undefined) this.#tell(this.#lost);
    return () => void this.#listeners.delete(listener);
  }

  /** Waits until everything is written, or the writing has ended. */
  async settled(): Promise<void> {
    if (this.#lost !== undefined) return;
    await new Promise<void>((resolve) => {
      this.#stream.write('', (error) => {
        if (error) this.#lose(error);
        resolve();
      });
    });
  }

  #lose(error: unknown): void {
    if (this.#lost !== undefined) return;
    this.#lost = systemCode(error) ?? 'UNKNOWN';
    this.#tell(this.#lost);
  }

  #tell(code: string): void {
    if (this.#listeners.size > 0) this.#reported = true;
    for (const listener of this.#listeners) listener(code);
    this.#listeners.clear();
  }
}

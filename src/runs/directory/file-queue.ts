import { systemCode, WeirError } from '../../base/index.ts';
import { macrotask } from '../../streams/index.ts';

/** A file system has not answered for a while; until it does, nothing more is asked of it. */
export class FileSystemStalledError extends WeirError {
  readonly code = 'FILE_SYSTEM_STALLED';
  readonly kind = 'failure';
}

/** Asks a file system for something. */
export type AskFiles = <Answer>(ask: () => Promise<Answer>) => Promise<Answer>;

interface Waiting {
  readonly ask: () => Promise<unknown>;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Milliseconds after which a file system is taken to stall. */
const patienceMs = 5000;

/**
 * Questions to a file system that may never answer, such as a network mount that hangs: one at a
 * time, so that at most one of the few threads that Node.js has for files stands still.
 */
export class FileQueue {
  readonly #waiting: Waiting[] = [];
  readonly #patienceMs: number;
  #asking = false;
  #stalled = false;

  constructor(patience = patienceMs) {
    this.#patienceMs = patience;
  }

  /**
   * @throws FileSystemStalledError while a question has had no answer for five seconds; else what
   * the question throws
   */
  readonly ask: AskFiles = (ask) => {
    if (this.#stalled) return Promise.reject(stalled());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, resolve: resolve as (answer: unknown) => void, reject });
      this.#next();
    });
  };

  #next(): void {
    const next = this.#asking ? undefined : this.#waiting.shift();
    if (next === undefined) return;
    this.#asking = true;
    let timer = macrotask.schedule(() => {
      // An answer that came while the event loop was busy is heard first.
      timer = macrotask.schedule(() => this.#stall(next));
    }, this.#patienceMs);
    next
      .ask()
      .then(next.resolve, next.reject)
      .finally(() => {
        timer.unsubscribe();
        this.#asking = false;
        this.#stalled = false;
        this.#next();
      });
  }

  #stall(asked: Waiting): void {
    this.#stalled = true;
    for (const { reject } of [asked, ...this.#waiting.splice(0)]) reject(stalled());
  }
}

/** Asks at once, for files that the process depends on in any case. */
export const askDirectly: AskFiles = (ask) => ask();

function stalled(): FileSystemStalledError {
  return new FileSystemStalledError(
    `runs: expected an answer of their file system within ${patienceMs / 1000} s, got none`,
  );
}

/** Whether an error says that there is no such file. */
export function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(systemCode(error) ?? '');
}

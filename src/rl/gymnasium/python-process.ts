import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { monotonicSeconds, type OptionNames, positiveNumber, requireOptions } from '../../base/index.ts';
import { GymnasiumProcessError, GymnasiumRefusedError } from './errors.ts';
import { exitOf } from './exit-of.ts';
import { closeAll, openPipes, type Pipes, readNow, sleep, writeNow } from './pipes.ts';

/** What a request asks for; the numbers are those of `serve.py`. */
export const operations = { hello: 0, make: 1, reset: 2, step: 3, close: 4 } as const;

/** How the Python process is started. */
export interface PythonOptions {
  /** The interpreter. @default the environment variable PYTHON, else `python3` */
  readonly python?: string;
  /**
   * Seconds that `reset` and `step` may take; starting and making may take as many, and at least
   * 60. @default 60
   */
  readonly timeoutSeconds?: number;
}

const names: OptionNames<PythonOptions> = { python: true, timeoutSeconds: true };

/** Seconds that a process gets after its time to end with a message of its own. */
const graceSeconds = 5;
/** Attempts to read before the first pause: a round trip takes about ten microseconds. */
const spins = 30;
/** Characters of its output that a message quotes. */
const quoted = 4000;

/**
 * A Python process that runs `serve.py`, with requests and answers over pipes of their own. A call
 * waits for its answer: an environment is stepped between two lines of code, as those in this
 * process are.
 */
export class PythonProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #pipes: Pipes;
  /** Seconds that an answer may take. */
  readonly #limits: { readonly starting: number; readonly playing: number };
  #limit = 0;
  readonly #header = Buffer.alloc(8);
  readonly #scratch = Buffer.alloc(65_536);
  #output = '';
  #failure: Error | undefined;
  #closed = false;

  /**
   * @param name of the environment, which messages begin with
   * @throws GymnasiumRefusedError where the interpreter cannot be started, TypeError or RangeError
   * for an option against its rule
   */
  constructor(name: string, options: PythonOptions = {}) {
    requireOptions('Gymnasium', options, names);
    const { python = interpreter(), timeoutSeconds: playing = 60 } = options;
    const starting = Math.max(60, positiveNumber('Gymnasium: timeoutSeconds', playing));
    this.name = name;
    this.#limits = { starting, playing };
    try {
      this.#pipes = openPipes();
    } catch (cause) {
      throw new GymnasiumRefusedError(`${name}: expected a machine with named pipes, got ${cause}`, {
        cause,
      });
    }
    const { requests, answers, output } = this.#pipes.child;
    const script = fileURLToPath(new URL('./serve.py', import.meta.url));
    this.#child = spawn(python, ['-u', script, `${starting}`, `${playing}`], {
      stdio: ['ignore', output, output, requests, answers],
    });
    // What went wrong is thrown by the call that waits for it.
    this.#child.on('error', () => {});
    // It ends when this process ends, so this process need not wait for it.
    this.#child.unref();
    closeAll([requests, answers, output]);
    if (this.#child.pid !== undefined) return;
    this.close();
    throw new GymnasiumRefusedError(
      `${name}: expected PYTHON to name a Python interpreter, got ${python}, which cannot be started`,
    );
  }

  /** The number of the process. */
  get pid(): number {
    return this.#child.pid!;
  }

  /** What it has printed, its last characters. */
  printed(): string {
    this.#drain();
    return this.#output;
  }

  /**
   * The payload of the answer to a request.
   * @throws GymnasiumRefusedError for what does not fit, GymnasiumProcessError for a process that
   * raises, hangs or dies; from then on every call throws the same
   */
  call(operation: number, payload: Uint8Array): Buffer {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closed) throw new Error(`${this.name}: its Python process was closed`);
    const request = Buffer.alloc(8 + payload.length);
    request.writeUInt32LE(operation, 0);
    request.writeUInt32LE(payload.length, 4);
    request.set(payload, 8);
    this.#limit = this.#limits[operation <= operations.make ? 'starting' : 'playing'];
    const began = monotonicSeconds();
    this.#fill(request, began, (at) => writeNow(this.#pipes.requests, request, at));
    this.#read(this.#header, began);
    const answer = Buffer.alloc(this.#header.readUInt32LE(4));
    this.#read(answer, began);
    if (this.#header.readUInt32LE(0) !== 0) throw this.#refusal(JSON.parse(answer.toString()));
    return answer;
  }

  #read(into: Buffer, began: number): void {
    this.#fill(into, began, (at) => readNow(this.#pipes.answers, into, at));
  }

  /** Moves bytes until the buffer is through, waiting where the other side is not ready. */
  #fill(buffer: Buffer, began: number, move: (at: number) => number | undefined): void {
    let tries = 0;
    for (let at = 0; at < buffer.length; ) {
      const moved = this.#moved(() => move(at));
      if (moved !== undefined) at += moved;
      else if (tries++ >= spins) this.#pause(monotonicSeconds() - began);
    }
  }

  #moved(move: () => number | undefined): number | undefined {
    let moved: number | undefined;
    try {
      moved = move();
    } catch {
      moved = 0;
    }
    if (moved === 0) throw this.#fail(exitOf(this.#child));
    return moved;
  }

  /**
   * Waits a fiftieth of what it has waited. What was printed is read meanwhile: a process that
   * prints more than a pipe holds waits too.
   */
  #pause(waited: number): void {
    if (waited > this.#limit + graceSeconds)
      throw this.#fail(`gave no answer within ${this.#limit} seconds and was killed`);
    const milliseconds = Math.min(1, Math.max(0.05, waited * 20));
    if (milliseconds > 0.2) this.#drain();
    sleep(milliseconds);
  }

  #drain(): void {
    if (this.#closed) return;
    for (;;) {
      const bytes = readNow(this.#pipes.output, this.#scratch, 0);
      if (bytes === undefined || bytes === 0) return;
      this.#output = (this.#output + this.#scratch.toString('utf8', 0, bytes)).slice(-quoted);
    }
  }

  #refusal(error: { refused?: string; during?: string; raised?: string }): Error {
    if (error.refused === undefined) return this.#fail(`raised in ${error.during}: ${error.raised}`);
    this.close();
    this.#failure = new GymnasiumRefusedError(`${this.name}: ${error.refused}`);
    return this.#failure;
  }

  #fail(what: string): Error {
    this.#child.kill('SIGKILL');
    const output = this.printed().trim();
    const said = output === '' ? 'It printed nothing.' : `It printed:\n${output}`;
    const alarm = what.includes('SIGALRM') ? `; an answer took longer than ${this.#limit} seconds` : '';
    this.#failure = new GymnasiumProcessError(
      `${this.name}: its Python process (${this.pid}) ${what}${alarm}. ${said}`,
    );
    this.close();
    return this.#failure;
  }

  /** Ends the process: its requests end. */
  close(): void {
    if (this.#closed) return;
    this.#drain();
    this.#closed = true;
    const { requests, answers, output } = this.#pipes;
    closeAll([requests, answers, output]);
  }
}

function interpreter(): string {
  return process.env.PYTHON || 'python3';
}

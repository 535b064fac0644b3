import { Worker } from 'node:worker_threads';
import { wholeNumber } from '../base/index.ts';
import type { Numbered } from '../streams/index.ts';
import type { Dataset, ExampleBatch } from './dataset.ts';
import { originOf } from './dataset-origin.ts';
import { batchOf, type DecodeAnswer, type DecodeJob } from './decode-protocol.ts';
import { DecodeWorkerError } from './errors.ts';
import { type BatchRequest, batchRequests, type ShuffledOptions } from './shuffled.ts';

/** How batches are read ahead. */
export interface DecodeAheadOptions extends ShuffledOptions {
  /** Threads that read and decode, from 1 to 64. */
  readonly workers: number;
  /** Batches that may wait to be used. @default two for each worker */
  readonly ahead?: number;
  /** Called with the number of batches that wait and the most that may, when it changes. */
  readonly watch?: (waiting: number, ahead: number) => void;
}

/**
 * The batches of `shuffled`, the same bytes in the same order, read ahead by worker threads, each
 * of which opens the data by its name. Batch k is read by worker k modulo their number. The error
 * of a batch comes at its place, after the batches before it. Closing it ends the threads.
 * @throws RangeError as `shuffled` does, and for data that `openDataset` has not opened
 */
export function decodeAhead(
  dataset: Dataset,
  options: DecodeAheadOptions,
): AsyncIterable<Numbered<ExampleBatch>> {
  const workers = wholeNumber('workers', options.workers, 1, 64);
  const ahead = wholeNumber('ahead', options.ahead ?? 2 * workers, 1);
  const requests = batchRequests(dataset, options);
  const origin = originOf(dataset);
  if (origin === undefined)
    throw new RangeError(
      `workers: expected data that openDataset has opened, which a thread can open too, got ${dataset.name}`,
    );
  const job = { origin, fingerprint: dataset.fingerprint };
  const watch = options.watch ?? (() => {});
  return {
    [Symbol.asyncIterator]: () =>
      new DecodePool(dataset, requests[Symbol.iterator](), job, { workers, ahead, watch }),
  };
}

/** A batch that was asked for. */
class PendingBatch {
  readonly request: BatchRequest;
  readonly batch: Promise<ExampleBatch>;
  resolve!: (batch: ExampleBatch) => void;
  reject!: (error: unknown) => void;

  constructor(request: BatchRequest) {
    this.request = request;
    this.batch = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // It is awaited when its turn comes; until then an error must not count as unhandled.
    this.batch.catch(() => undefined);
  }
}

class DecodePool implements AsyncIterator<Numbered<ExampleBatch>> {
  readonly #dataset: Dataset;
  readonly #requests: Iterator<BatchRequest>;
  readonly #workers: readonly Worker[];
  readonly #ahead: number;
  readonly #watch: (waiting: number, ahead: number) => void;
  /** Not yet delivered, in the order of their indices. */
  readonly #queue: PendingBatch[] = [];
  /** Not yet answered, by their indices. */
  readonly #asked = new Map<number, PendingBatch>();
  /** Why each worker has ended. */
  readonly #lost = new Map<number, string>();
  #closed = false;

  constructor(
    dataset: Dataset,
    requests: Iterator<BatchRequest>,
    job: DecodeJob,
    { workers, ahead, watch }: Required<Pick<DecodeAheadOptions, 'workers' | 'ahead' | 'watch'>>,
  ) {
    this.#dataset = dataset;
    this.#requests = requests;
    this.#ahead = ahead;
    this.#watch = watch;
    this.#workers = Array.from({ length: workers }, (_, number) => this.#open(number, job));
    this.#tell();
  }

  async next(): Promise<IteratorResult<Numbered<ExampleBatch>>> {
    if (this.#closed) return { done: true, value: undefined };
    this.#ask();
    const { request, batch } = this.#queue.shift()!;
    this.#ask();
    const worker = this.#workers[this.#workerOf(request)]!;
    // While it is waited for, it keeps the process alive; otherwise it must not.
    worker.ref();
    try {
      return { done: false, value: { index: request.index, batch: await batch } };
    } catch (error) {
      if (this.#closed) return { done: true, value: undefined };
      await this.return();
      throw error;
    } finally {
      worker.unref();
      this.#tell();
    }
  }

  async return(): Promise<IteratorResult<Numbered<ExampleBatch>>> {
    this.#closed = true;
    this.#queue.length = 0;
    const closed = new DecodeWorkerError('the source is closed');
    for (const { reject } of this.#asked.values()) reject(closed);
    this.#asked.clear();
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
    return { done: true, value: undefined };
  }

  /** Opens a thread; in a clone it starts at the entry for development. */
  #open(number: number, job: DecodeJob): Worker {
    const source = import.meta.url.endsWith('.ts');
    const entry = source ? './decode-worker.dev.mjs' : './decode-worker.js';
    const worker = new Worker(new URL(entry, import.meta.url), { workerData: job });
    worker
      .on('message', (answer: DecodeAnswer) => this.#answered(answer))
      .on('error', (error) => this.#ended(number, error.message))
      .on('exit', (code) => this.#ended(number, `exit code ${code}`))
      .unref();
    return worker;
  }

  #workerOf({ index }: BatchRequest): number {
    return index % this.#workers.length;
  }

  /** Asks for as many batches as may wait. */
  #ask(): void {
    while (this.#queue.length < this.#ahead) {
      const { value: request } = this.#requests.next() as IteratorYieldResult<BatchRequest>;
      const pending = new PendingBatch(request);
      this.#queue.push(pending);
      const number = this.#workerOf(request);
      const reason = this.#lost.get(number);
      if (reason !== undefined) pending.reject(this.#loss(number, reason, request));
      else {
        this.#asked.set(request.index, pending);
        this.#workers[number]!.postMessage(request);
      }
    }
  }

  #answered(answer: DecodeAnswer): void {
    const pending = this.#asked.get(answer.index);
    this.#asked.delete(answer.index);
    try {
      pending?.resolve(batchOf(answer));
    } catch (error) {
      pending?.reject(error);
    }
    this.#tell();
  }

  #ended(number: number, reason: string): void {
    if (this.#closed || this.#lost.has(number)) return;
    this.#lost.set(number, reason);
    for (const [index, { request, reject }] of [...this.#asked])
      if (this.#workerOf(request) === number) {
        this.#asked.delete(index);
        reject(this.#loss(number, reason, request));
      }
  }

  /** What is wrong where a thread has ended, with the files that it was to read. */
  #loss(number: number, reason: string, { index, numbers }: BatchRequest): DecodeWorkerError {
    const { name } = this.#dataset;
    const files = [...new Set(numbers.map((example) => this.#dataset.fileOf?.(example) ?? name))];
    const shown = files.slice(0, 3).join(', ') + (files.length > 3 ? ', ...' : '');
    return new DecodeWorkerError(
      `decode worker ${number + 1} of ${this.#workers.length} has ended (${reason}) and owes batch ${index}, of ${shown}`,
    );
  }

  #tell(): void {
    const waiting = this.#closed ? 0 : this.#queue.length - this.#asked.size;
    this.#watch(Math.max(0, waiting), this.#ahead);
  }
}

import { Worker } from 'node:worker_threads';
import { type Checkpoint, CheckpointWriteError } from '../../checkpoint/index.ts';
import { flattenTree, unflattenTree } from '../../engine/index.ts';
import type { StepEvent } from '../../streams/index.ts';
import { every } from '../../streams/index.ts';
import { checkpointOf } from '../checkpoint-state.ts';
import type { RunEvent, RunObserver } from '../events/run-observer.ts';
import type { RunContext } from '../run-context.ts';
import type { EvaluationTracker } from './evaluation-tracker.ts';
import type { Snapshot, WorkerAnswer } from './worker-protocol.ts';

/**
 * Evaluations beside a run, on a thread of their own: at each due step a copy of the weights is
 * handed over, which takes milliseconds, and the run goes on. A step that is due while the last
 * copy is still being scored is skipped with a warning. At the end of the run the last evaluation
 * is waited for. One that a crash has cut off is done again after a resume, where the checkpoint of
 * its step still exists, and reported as missed where it does not.
 */
export class BackgroundEvaluator implements RunObserver {
  readonly name = 'the evaluation';
  readonly #context: RunContext;
  readonly #tracker: EvaluationTracker;
  readonly #due: ReturnType<typeof every>;
  readonly #worker: Worker;
  #pending: Promise<void> | undefined;
  /** Why the thread has ended. */
  #lost: Error | undefined;

  constructor(context: RunContext, tracker: EvaluationTracker) {
    this.#context = context;
    this.#tracker = tracker;
    this.#due = every(context.config.evaluation!.every, { atEnd: false });
    this.#worker = openWorker(context.config)
      .on('error', (error) => (this.#lost = error))
      .on('exit', (code) => (this.#lost ??= new Error(`its thread ended with code ${code}`)));
  }

  onStep(event: StepEvent): void {
    if (!this.#due(event)) return;
    const { config, assembly, warn } = this.#context;
    const index = event.index + 1;
    if (this.#pending !== undefined) {
      warn(`no evaluation at step ${index}: the last one is still under way`);
      return;
    }
    this.#begin(index, this.#score(index, checkpointOf(config, assembly)));
  }

  onEvent(event: RunEvent): void {
    const { config, assembly } = this.#context;
    if (event.kind !== 'started') return;
    const { every } = config.evaluation!;
    const due = Math.floor(assembly.learner.index / every) * every;
    if (due > this.#tracker.last) this.#begin(due, this.#scoreAgain(due));
  }

  #begin(index: number, scored: Promise<void>): void {
    const { control, warn } = this.#context;
    const failed = (error: unknown) =>
      error instanceof CheckpointWriteError
        ? control.fail(error)
        : warn(`no evaluation at step ${index}: ${error}`);
    this.#pending = scored.catch(failed).finally(() => {
      this.#pending = undefined;
    });
  }

  /** The evaluation that was due last before the run was interrupted. */
  async #scoreAgain(index: number): Promise<void> {
    const { directory, config, assembly, events, warn } = this.#context;
    const store = directory.checkpointStore(config);
    const stored = (await store.list()).find((checkpoint) => checkpoint.index === index);
    if (stored === undefined) {
      events.event({ kind: 'evaluation-missed', index });
      return warn(`no evaluation at step ${index}: it was not done when the run was interrupted`);
    }
    const { tensors, state } = await store.load(stored.path);
    await this.#score(index, {
      tensors: unflattenTree(tensors, checkpointOf(config, assembly).tensors),
      state,
    });
  }

  async finish(): Promise<void> {
    await this.#pending;
    await this.#tracker.finish().catch((error: unknown) => this.#context.control.fail(error));
  }

  async close(): Promise<void> {
    await this.#pending;
    await this.#worker.terminate();
  }

  async #score(index: number, checkpoint: Checkpoint): Promise<void> {
    const tensors = [...flattenTree(checkpoint.tensors)].map(
      ([path, { dtype, shape, data }]) => [path, { dtype, shape, data }] as const,
    );
    const answer = await this.#ask({ index, state: checkpoint.state, tensors });
    if ('error' in answer) throw new Error(answer.error);
    await this.#tracker.track(answer.evaluated, () => checkpoint);
  }

  #ask(snapshot: Snapshot): Promise<WorkerAnswer> {
    const worker = this.#worker;
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      const answered = (answer: WorkerAnswer) => {
        worker.off('exit', gone).unref();
        resolve(answer);
      };
      const gone = () => reject(this.#lost);
      worker.once('message', answered).once('exit', gone).ref();
      worker.postMessage(snapshot);
    });
  }
}

/** A thread for the evaluations; in a clone it starts at the entry for development. */
function openWorker(config: RunContext['config']): Worker {
  const source = import.meta.url.endsWith('.ts');
  const entry = source ? './evaluation-worker.dev.mjs' : './evaluation-worker.js';
  const worker = new Worker(new URL(entry, import.meta.url), { workerData: config });
  // It must not keep a process alive that has nothing to wait for.
  worker.unref();
  return worker;
}

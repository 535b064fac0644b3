import { Worker } from 'node:worker_threads';
import { type Checkpoint, CheckpointWriteError } from '../../checkpoint/index.ts';
import { flattenTree, unflattenTree } from '../../engine/index.ts';
import type { GanAssembly } from '../../recipes/index.ts';
import type { Run, StepEvent } from '../../streams/index.ts';
import { every } from '../../streams/index.ts';
import { checkpointOf } from '../checkpoint-state.ts';
import type { RunConfig, RunDirectory } from '../directory/run-directory.ts';
import type { RunEvent, RunObserver } from '../events/run-observer.ts';
import type { ObserverFactory, Tell } from '../execute.ts';
import { EvaluationTracker } from './evaluation-tracker.ts';
import type { Snapshot, WorkerAnswer } from './evaluation-worker.ts';

/**
 * Evaluations beside a run, on a thread of their own: at each due step a copy of the weights is
 * handed over, which takes milliseconds, and the run goes on. A step that is due while the last
 * copy is still being scored is skipped with a warning. At the end of the run the last evaluation
 * is waited for. One that a crash has cut off is done again after a resume, where the checkpoint of
 * its step still exists, and reported as missed where it does not.
 */
export async function backgroundEvaluation(evaluating: {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly assembly: GanAssembly;
  readonly run: Run;
  warn(message: string): void;
}): Promise<ObserverFactory> {
  const { directory, config, assembly, warn } = evaluating;
  const tracker = await EvaluationTracker.of(evaluating);
  return (tell, fail) => new BackgroundEvaluator({ directory, config, assembly, tracker, tell, fail, warn });
}

interface Evaluating {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly assembly: GanAssembly;
  readonly tracker: EvaluationTracker;
  readonly tell: Tell;
  fail(error: unknown): void;
  warn(message: string): void;
}

class BackgroundEvaluator implements RunObserver {
  readonly name = 'the evaluation';
  readonly #options: Evaluating;
  readonly #due: ReturnType<typeof every>;
  readonly #worker: Worker;
  #pending: Promise<void> | undefined;
  /** Why the thread has ended. */
  #lost: Error | undefined;

  constructor(options: Evaluating) {
    this.#options = options;
    this.#due = every(options.config.evaluation!.every, { atEnd: false });
    this.#worker = openWorker(options.config)
      .on('error', (error) => (this.#lost = error))
      .on('exit', (code) => (this.#lost ??= new Error(`its thread ended with code ${code}`)));
  }

  onStep(event: StepEvent): void {
    if (!this.#due(event)) return;
    const { config, assembly, warn } = this.#options;
    const index = event.index + 1;
    if (this.#pending !== undefined) {
      warn(`no evaluation at step ${index}: the last one is still under way`);
      return;
    }
    this.#begin(index, this.#score(index, checkpointOf(config, assembly)));
  }

  onEvent(event: RunEvent): void {
    const { config, assembly, tracker } = this.#options;
    if (event.kind !== 'started') return;
    const { every } = config.evaluation!;
    const due = Math.floor(assembly.learner.index / every) * every;
    if (due > tracker.last) this.#begin(due, this.#scoreAgain(due));
  }

  #begin(index: number, scored: Promise<void>): void {
    const { fail, warn } = this.#options;
    const failed = (error: unknown) =>
      error instanceof CheckpointWriteError ? fail(error) : warn(`no evaluation at step ${index}: ${error}`);
    this.#pending = scored.catch(failed).finally(() => {
      this.#pending = undefined;
    });
  }

  /** The evaluation that was due last before the run was interrupted. */
  async #scoreAgain(index: number): Promise<void> {
    const { directory, config, assembly, tell, warn } = this.#options;
    const store = directory.checkpointStore(config);
    const stored = (await store.list()).find((checkpoint) => checkpoint.index === index);
    if (stored === undefined) {
      tell({ kind: 'evaluation-missed', index });
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
    await this.#options.tracker.finish().catch(this.#options.fail);
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
    await this.#options.tracker.track(answer.evaluated, () => checkpoint, this.#options.tell);
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
function openWorker(config: RunConfig): Worker {
  const source = import.meta.url.endsWith('.ts');
  const entry = source ? './evaluation-worker.dev.mjs' : './evaluation-worker.js';
  const worker = new Worker(new URL(entry, import.meta.url), { workerData: config });
  // It must not keep a process alive that has nothing to wait for.
  worker.unref();
  return worker;
}

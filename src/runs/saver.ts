import { existsSync } from 'node:fs';
import { monotonicSeconds } from '../base/index.ts';
import type { CheckpointStore } from '../checkpoint/index.ts';
import { checkpointOf } from './checkpoint-state.ts';
import type { Reporter } from './directory/report.ts';
import type { StepLog } from './directory/step-log.ts';
import type { Execution, Tell } from './execute.ts';
import { FailureLimit } from './failure-limit.ts';

/** Writes the checkpoints of a run, each with a picture of samples beside it. */
export class Saver {
  readonly #store: CheckpointStore;
  readonly #log: StepLog;
  readonly #execution: Execution;
  readonly #tell: Tell;
  readonly #clock: Pick<Reporter, 'elapsed'>;
  readonly #limit = new FailureLimit();
  #saved: number | undefined;
  /** The newest checkpoint that this saver has written. */
  path: string | undefined;

  constructor(log: StepLog, execution: Execution, tell: Tell, clock: Pick<Reporter, 'elapsed'>) {
    this.#store = execution.directory.checkpointStore(execution.config);
    this.#log = log;
    this.#execution = execution;
    this.#tell = tell;
    this.#clock = clock;
  }

  /**
   * Writes a checkpoint of the present state. A failure is a warning, since the last checkpoint stays good; the third
   * in a row is thrown.
   * @throws CheckpointWriteError, RunLockLostError
   */
  async save(): Promise<void> {
    const { index } = this.#execution.assembly.learner;
    await this.#limit.attempt(
      () => this.#write(),
      ({ message }) => this.#tell({ kind: 'checkpoint-failed', index, message }),
    );
  }

  /** Makes sure that the last step is saved, and that it is so still. @throws CheckpointWriteError, RunLockLostError */
  async finish(): Promise<void> {
    this.#execution.directory.check();
    if (this.#saved !== this.#execution.assembly.learner.index) await this.#write();
  }

  async #write(): Promise<void> {
    const { config, assembly, warn } = this.#execution;
    const { index } = assembly.learner;
    const began = monotonicSeconds();
    this.#execution.directory.check();
    await this.#try('the log was not written', () => this.#log.sync());
    const saved = await this.#store.save(checkpointOf(config, assembly));
    // Where the disk has had room for the one, it may have for the other.
    this.#log.flush();
    const seconds = monotonicSeconds() - began;
    this.path = saved.path;
    this.#saved = index;
    for (const error of saved.notRemoved) warn(error.message);
    const { bytes, path } = saved;
    const { elapsed } = this.#clock;
    this.#tell({ kind: 'checkpoint', index, seconds, bytes, path, elapsed });
    await this.#draw();
  }

  /** Draws the picture of the checkpoint that a run goes on from, where a crash has come before it. */
  async redraw(): Promise<void> {
    if (this.#execution.assembly.learner.index > 0 && !existsSync(this.#picture)) await this.#draw();
  }

  get #picture(): string {
    const { directory, assembly } = this.#execution;
    return directory.sample(`step-${String(assembly.learner.index).padStart(8, '0')}`);
  }

  async #draw(): Promise<void> {
    const { assembly } = this.#execution;
    if (assembly.draw === undefined) return;
    const path = this.#picture;
    await this.#try('no picture was drawn', async () => {
      await assembly.draw?.(path);
      this.#tell({ kind: 'samples', index: assembly.learner.index, path });
    });
  }

  /** Does what a run can go without; a failure is a warning. */
  async #try(failure: string, task: () => void | Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      this.#execution.warn(`${failure}: ${error}`);
    }
  }
}

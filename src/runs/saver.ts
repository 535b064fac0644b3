import { existsSync } from 'node:fs';
import { monotonicSeconds } from '../base/index.ts';
import type { CheckpointStore } from '../checkpoint/index.ts';
import { checkpointOf } from './checkpoint-state.ts';
import type { Reporter } from './directory/report.ts';
import type { StepLog } from './directory/step-log.ts';
import { FailureLimit } from './failure-limit.ts';
import type { RunContext } from './run-context.ts';

/** Writes the checkpoints of a run, each with a picture of samples beside it. */
export class Saver {
  readonly #context: RunContext;
  readonly #store: CheckpointStore;
  readonly #log: StepLog;
  readonly #clock: Pick<Reporter, 'elapsed'>;
  readonly #limit = new FailureLimit();
  #saved: number | undefined;
  /** The newest checkpoint that this saver has written. */
  path: string | undefined;

  constructor(context: RunContext, log: StepLog, clock: Pick<Reporter, 'elapsed'>) {
    this.#context = context;
    this.#store = context.directory.checkpointStore(context.config);
    this.#log = log;
    this.#clock = clock;
  }

  /**
   * Writes a checkpoint of the present state. A failure is a warning, since the last checkpoint
   * stays good; the third in a row is thrown.
   * @throws CheckpointWriteError, RunLockLostError
   */
  async save(): Promise<void> {
    const { index } = this.#context.assembly.learner;
    await this.#limit.attempt(
      () => this.#write(),
      ({ message }) => this.#context.events.event({ kind: 'checkpoint-failed', index, message }),
    );
  }

  /**
   * Makes sure that the last step is saved, and that it is so still. @throws CheckpointWriteError,
   * RunLockLostError
   */
  async finish(): Promise<void> {
    this.#context.directory.check();
    if (this.#saved !== this.#context.assembly.learner.index) await this.#write();
  }

  async #write(): Promise<void> {
    const { config, assembly, warn } = this.#context;
    const { index } = assembly.learner;
    const began = monotonicSeconds();
    this.#context.directory.check();
    await this.#try('the log was not written', () => this.#log.sync());
    const saved = await this.#store.save(checkpointOf(config, assembly));
    // Where the disk has had room for the one, it may have for the other.
    this.#log.flush();
    const seconds = monotonicSeconds() - began;
    this.path = saved.path;
    this.#saved = index;
    this.#context.control.saved();
    for (const error of saved.notRemoved) warn(error.message);
    const { bytes, path } = saved;
    const { elapsed } = this.#clock;
    this.#context.events.event({ kind: 'checkpoint', index, seconds, bytes, path, elapsed });
    await this.#draw();
  }

  /**
   * Draws the picture of the checkpoint that a run goes on from, where a crash has come before it.
   */
  async redraw(): Promise<void> {
    if (this.#context.assembly.learner.index > 0 && !existsSync(this.#picture)) await this.#draw();
  }

  get #picture(): string {
    const { directory, assembly } = this.#context;
    return directory.sample(`step-${String(assembly.learner.index).padStart(8, '0')}`);
  }

  async #draw(): Promise<void> {
    const { assembly } = this.#context;
    if (assembly.draw === undefined) return;
    const path = this.#picture;
    await this.#try('no picture was drawn', async () => {
      await assembly.draw?.(path);
      this.#context.events.event({ kind: 'samples', index: assembly.learner.index, path });
    });
  }

  /** Does what a run can go without; a failure is a warning. */
  async #try(failure: string, task: () => void | Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      this.#context.warn(`${failure}: ${error}`);
    }
  }
}

import { existsSync } from 'node:fs';
import { monotonicSeconds } from '../base/index.ts';
import { type CheckpointStore, CheckpointWriteError } from '../checkpoint/index.ts';
import type { Audience, EventLog } from '../telemetry/index.ts';
import { checkpointOf } from './checkpoint-state.ts';
import type { Execution } from './execute.ts';
import type { Reporter } from './report.ts';

const failuresInARow = 3;

/** Writes the checkpoints of a run, each with a picture of samples beside it. */
export class Saver {
  readonly #store: CheckpointStore;
  readonly #log: EventLog;
  readonly #execution: Execution;
  readonly #audience: Audience;
  readonly #clock: Pick<Reporter, 'elapsed'>;
  #failures = 0;
  #saved: number | undefined;
  /** The newest checkpoint that this saver has written. */
  path: string | undefined;

  constructor(log: EventLog, execution: Execution, audience: Audience, clock: Pick<Reporter, 'elapsed'>) {
    this.#store = execution.directory.checkpointStore(execution.config);
    this.#log = log;
    this.#execution = execution;
    this.#audience = audience;
    this.#clock = clock;
  }

  /**
   * Writes a checkpoint of the present state. A failure is a warning, since the last checkpoint stays good; the third
   * in a row is thrown.
   * @throws CheckpointWriteError, RunLockLostError
   */
  async save(): Promise<void> {
    try {
      await this.#write();
      this.#failures = 0;
    } catch (error) {
      if (!(error instanceof CheckpointWriteError) || ++this.#failures >= failuresInARow) throw error;
      const { index } = this.#execution.assembly.learner;
      this.#execution.warn(`no checkpoint at turn ${index}: ${error.message}`);
      this.#audience.notice({ kind: 'checkpoint-failed', index, message: error.message });
    }
  }

  /** Makes sure that the last turn is saved, and that it is so still. @throws CheckpointWriteError, RunLockLostError */
  async finish(): Promise<void> {
    this.#execution.directory.check();
    if (this.#saved !== this.#execution.assembly.learner.index) await this.#write();
  }

  async #write(): Promise<void> {
    const { config, assembly, warn } = this.#execution;
    const { index } = assembly.learner;
    const began = monotonicSeconds();
    this.#execution.directory.check();
    this.#try('the log was not written', () => this.#log.flush());
    const saved = await this.#store.save(checkpointOf(config, assembly));
    const seconds = monotonicSeconds() - began;
    this.path = saved.path;
    this.#saved = index;
    for (const error of saved.notRemoved) warn(error.message);
    const { bytes, path } = saved;
    const { elapsed } = this.#clock;
    this.#audience.notice({ kind: 'checkpoint', index, seconds, bytes, path, elapsed });
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
    const path = this.#picture;
    await this.#try('no picture was drawn', async () => {
      await assembly.draw(path);
      this.#audience.notice({ kind: 'samples', index: assembly.learner.index, path });
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

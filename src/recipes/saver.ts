import { type CheckpointStore, CheckpointWriteError } from '../checkpoint/index.ts';
import type { EventLog } from '../telemetry/index.ts';
import { checkpointOf } from './checkpoint-state.ts';
import type { Execution } from './execute.ts';
import { picturedSamples, writePicture } from './show-samples.ts';

const failuresInARow = 3;

/** Writes the checkpoints of a run, each with a picture of samples beside it. */
export class Saver {
  readonly #store: CheckpointStore;
  readonly #log: EventLog;
  readonly #execution: Execution;
  #failures = 0;
  #saved: number | undefined;
  /** The newest checkpoint that this saver has written. */
  path: string | undefined;

  constructor(log: EventLog, execution: Execution) {
    this.#store = execution.directory.checkpointStore(execution.config);
    this.#log = log;
    this.#execution = execution;
  }

  /**
   * Writes a checkpoint of the present state. A failure is a warning, since the last checkpoint stays good; the third
   * in a row is thrown.
   * @throws CheckpointWriteError
   */
  async save(): Promise<void> {
    try {
      await this.#write();
      this.#failures = 0;
    } catch (error) {
      if (!(error instanceof CheckpointWriteError) || ++this.#failures >= failuresInARow) throw error;
      this.#execution.warn(
        `no checkpoint at turn ${this.#execution.assembly.trainer.index}: ${error.message}`,
      );
    }
  }

  /** Makes sure that the last turn is saved. @throws CheckpointWriteError */
  async finish(): Promise<void> {
    if (this.#saved !== this.#execution.assembly.trainer.index) await this.#write();
  }

  async #write(): Promise<void> {
    const { config, assembly, warn } = this.#execution;
    const { index } = assembly.trainer;
    this.#try('the log was not written', () => this.#log.flush());
    const saved = await this.#store.save(checkpointOf(config, assembly));
    this.path = saved.path;
    this.#saved = index;
    for (const error of saved.notRemoved) warn(error.message);
    await this.#try('no picture was drawn', () => this.#picture(`step-${String(index).padStart(8, '0')}`));
  }

  async #picture(name: string): Promise<void> {
    const { trainer, dataset } = this.#execution.assembly;
    const samples = await trainer.sample(picturedSamples[dataset.kind]);
    writePicture(this.#execution.directory.sample(name), samples, dataset);
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

import { type CheckpointStore, CheckpointWriteError } from '../checkpoint/index.ts';
import { checkpointOf } from './checkpoint-state.ts';
import type { Execution } from './execute.ts';
import { picturedSamples, writePicture } from './show-samples.ts';

const failuresInARow = 3;

/** Writes the checkpoints of a run, each with a picture of samples beside it. */
export class Saver {
  readonly #store: CheckpointStore;
  readonly #execution: Execution;
  #failures = 0;
  #saved: number | undefined;
  /** The newest checkpoint that this saver has written. */
  path: string | undefined;

  constructor(execution: Execution) {
    this.#store = execution.directory.checkpointStore(execution.config);
    this.#execution = execution;
  }

  /**
   * Writes a checkpoint of the present state. A failure is a warning, since the last checkpoint stays good; the third in a row is thrown.
   * @throws CheckpointWriteError
   */
  async save(): Promise<void> {
    try {
      await this.#write();
      this.#failures = 0;
    } catch (error) {
      if (!(error instanceof CheckpointWriteError) || ++this.#failures >= failuresInARow) throw error;
      this.#execution.warn(
        `checkpoint ${this.#execution.assembly.trainer.index} was not written: ${error.message}`,
      );
    }
  }

  /** Makes sure that the last turn is saved. @throws CheckpointWriteError */
  async finish(): Promise<void> {
    if (this.#saved !== this.#execution.assembly.trainer.index) await this.#write();
  }

  async #write(): Promise<void> {
    const { trainer } = this.#execution.assembly;
    const { index } = trainer;
    const saved = await this.#store.save(
      await checkpointOf(this.#execution.config, this.#execution.assembly),
    );
    this.path = saved.path;
    this.#saved = index;
    for (const error of saved.notRemoved) this.#execution.warn(error.message);
    await this.#picture(`step-${String(index).padStart(8, '0')}`);
  }

  async #picture(name: string): Promise<void> {
    const { assembly, directory, warn } = this.#execution;
    try {
      const samples = await assembly.trainer.sample(picturedSamples[assembly.dataset.kind]);
      writePicture(directory.sample(name), samples, assembly.dataset);
    } catch (error) {
      warn(`picture ${name} was not drawn: ${error}`);
    }
  }
}

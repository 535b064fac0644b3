import { CheckpointWriteError } from '../checkpoint/index.ts';

const failuresInARow = 3;

/**
 * The rule for every checkpoint of a run, the best one included: two in a row may fail to be
 * written, the third ends the run.
 */
export class FailureLimit {
  #failures = 0;

  /**
   * @param failed called with a failure below the limit
   * @throws CheckpointWriteError at the third failure in a row; at once whatever else `write`
   * throws
   */
  async attempt(write: () => Promise<void>, failed: (error: CheckpointWriteError) => void): Promise<void> {
    try {
      await write();
      this.#failures = 0;
    } catch (error) {
      if (!(error instanceof CheckpointWriteError) || ++this.#failures >= failuresInARow) throw error;
      failed(error);
    }
  }
}

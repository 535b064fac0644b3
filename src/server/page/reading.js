/**
 * Reads something again and again, one reading at a time: who asks while a reading is under way
 * waits for the one behind it, so that no old answer comes behind a newer one.
 */
export class Reading {
  /**
   * @param {() => Promise<boolean | void>} read once; false where what was read is of no use, and
   * it must be read again
   */
  constructor(read) {
    this.read = read;
    this.asked = false;
    /** @type {Promise<void> | null} */
    this.going = null;
  }

  /** @returns {Promise<void>} settled when a reading has ended that began after this */
  ask() {
    this.asked = true;
    this.going ??= this.run();
    return this.going;
  }

  async run() {
    try {
      while (this.asked) {
        this.asked = false;
        if ((await this.read()) === false) this.asked = true;
      }
    } finally {
      this.going = null;
    }
  }
}

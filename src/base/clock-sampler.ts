/** In seconds. Reading the clock costs about as much as an item that takes less than this. */
const soon = 10e-6;
const longest = 8;

/**
 * Selects the items at which the clock is read: each of them, or one in eight where they take
 * microseconds.
 */
export class ClockSampler {
  #stride = 1;
  #left = 1;
  #last = Number.NEGATIVE_INFINITY;

  /** Counts an item. Where it returns true, call `seen` with the time. */
  due(): boolean {
    return --this.#left <= 0;
  }

  /** @param time in seconds, on a clock of which only differences mean something */
  seen(time: number): void {
    const period = (time - this.#last) / this.#stride;
    this.#last = time;
    this.#stride = period < soon ? Math.min(longest, 2 * this.#stride) : 1;
    this.#left = this.#stride;
  }
}

/** Where items come faster than this (in seconds), a look at the clock for each would cost about as much as they do. */
const soon = 10e-6;
const longest = 8;

/** Says for which items to look at the clock: for each of them, or for one in eight where they come within microseconds. */
export class ClockSampler {
  #stride = 1;
  #left = 1;
  #last = Number.NEGATIVE_INFINITY;

  /** Counts an item. Where it answers true, `seen` must be told the time. */
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

/** A place in a log: the line of this step begins at this byte, after so many seconds of steps. */
export interface Mark {
  readonly index: number;
  readonly offset: number;
  readonly time: number;
}

/**
 * Places in a log, evenly spread and of bounded number, so that a stretch of it can be read without
 * the rest.
 */
export class Marks {
  readonly #capacity: number;
  #marks: Mark[] = [];
  #every = 1;
  #offered = 0;

  constructor(capacity = 2048) {
    this.#capacity = capacity;
  }

  /** Offers a place behind all others. */
  add(mark: Mark): void {
    if (this.#offered++ % this.#every !== 0) return;
    if (this.#marks.length === this.#capacity) {
      this.#marks = this.#marks.filter((_, i) => i % 2 === 0);
      this.#every *= 2;
      if ((this.#offered - 1) % this.#every !== 0) return;
    }
    this.#marks.push(mark);
  }

  /** The last place at or before a step. */
  before(index: number): Mark | undefined {
    return this.#marks.findLast((mark) => mark.index <= index);
  }

  /** The first place behind a step. */
  after(index: number): Mark | undefined {
    return this.#marks.find((mark) => mark.index > index);
  }
}

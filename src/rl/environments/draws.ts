import { type Key, threefry2x32 } from '../../engine/index.ts';

const bits = new Uint32Array(2);

/**
 * The random numbers of one step of an episode: a pure function of the episode's key, the step and
 * how many were drawn.
 */
export class Draws {
  #key: Key = { high: 0, low: 0 };
  #step = 0;
  #count = 0;

  /** Goes to a step of an episode. The start of an episode is step 0. */
  at(key: Key, step: number): this {
    this.#key = key;
    this.#step = step;
    this.#count = 0;
    return this;
  }

  /** A number from `low` up to `high`, uniform with 53 random bits. */
  uniform(low = 0, high = 1): number {
    threefry2x32(this.#key, this.#step, this.#count++, bits);
    const share = ((bits[0]! >>> 5) * 2 ** 26 + (bits[1]! >>> 6)) / 2 ** 53;
    return low + share * (high - low);
  }

  /** A whole number from 0 to `below` - 1. */
  integer(below: number): number {
    return Math.floor(this.uniform() * below);
  }
}

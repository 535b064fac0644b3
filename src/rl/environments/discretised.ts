import { show, wholeNumber } from '../../base/index.ts';
import type { Environment } from './environment.ts';
import { discrete } from './specs.ts';
import { boxOf, Wrapper } from './wrapper.ts';

/** Where the cells of each number begin and end; the bounds of the environment where absent. */
export interface Bounds {
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

/**
 * Observations of a box as the number of the cell that they fall into, so that a table can hold
 * them: each number is cut into so many equal bins, and what lies beyond counts to the nearest bin.
 * The last number changes fastest.
 * @param bins for each number of an observation
 * @throws RangeError when there are not as many bins as numbers, or a bound is infinite, TypeError
 * when it is no box
 */
export function discretised<Action>(
  inner: Environment<readonly number[], Action>,
  bins: readonly number[],
  bounds: Bounds = {},
): Environment<number, Action> {
  return new Discretised(inner, bins, bounds);
}

class Discretised<Action> extends Wrapper<readonly number[], number, Action> {
  readonly #bins: readonly number[];
  readonly #low: readonly number[];
  readonly #widths: readonly number[];

  constructor(inner: Environment<readonly number[], Action>, bins: readonly number[], bounds: Bounds) {
    const spec = boxOf('discretised', inner);
    const [low, high] = [bounds.low ?? spec.low, bounds.high ?? spec.high];
    for (const [name, list] of Object.entries({ bins, low, high }))
      if (list.length !== spec.low.length)
        throw new RangeError(
          `discretised: ${name}: expected ${spec.low.length} numbers for ${inner.name}, got ${show(list)}`,
        );
    for (const count of bins) wholeNumber('discretised: bins', count, 1);
    const widths = low.map((from, i) => (high[i]! - from) / bins[i]!);
    if (!widths.every((width) => Number.isFinite(width) && width > 0))
      throw new RangeError(
        `discretised: expected finite bounds, each low below its high, got ${show(low)} and ${show(high)}`,
      );
    super(inner, discrete(bins.reduce((product, count) => product * count, 1)));
    this.#bins = bins;
    this.#low = low;
    this.#widths = widths;
  }

  observe(numbers: readonly number[]): number {
    let cell = 0;
    for (let i = 0; i < this.#bins.length; i++) {
      const last = this.#bins[i]! - 1;
      const bin = Math.floor((numbers[i]! - this.#low[i]!) / this.#widths[i]!);
      cell = cell * (last + 1) + (bin < 0 ? 0 : bin > last ? last : bin);
    }
    return cell;
  }
}

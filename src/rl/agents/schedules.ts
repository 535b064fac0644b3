import { finiteNumber, positiveNumber, wholeNumber } from '../../base/index.ts';

/** A number, or a pure function of the step's index. */
export type Scheduled = number | ((index: number) => number);

/**
 * Linear from one number to another over so many steps, and constant afterwards.
 * @param start the step at which it begins to change
 */
export function linear(from: number, to: number, steps: number, start = 0): (index: number) => number {
  finiteNumber('linear: from', from);
  finiteNumber('linear: to', to);
  wholeNumber('linear: steps', steps, 1);
  wholeNumber('linear: start', start);
  return (index) => {
    const share = (index - start) / steps;
    return share <= 0 ? from : share >= 1 ? to : from + share * (to - from);
  };
}

/** Exponential from one number towards another: the distance halves every `halfLife` steps. */
export function exponential(from: number, to: number, halfLife: number): (index: number) => number {
  finiteNumber('exponential: from', from);
  finiteNumber('exponential: to', to);
  positiveNumber('exponential: halfLife', halfLife);
  return (index) => to + (from - to) * 2 ** (-index / halfLife);
}

/**
 * The schedule as a function of the index.
 * @throws RangeError when a plain number is not finite or not within the bounds
 */
export function scheduled(
  name: string,
  value: Scheduled,
  min = 0,
  max = Infinity,
): (index: number) => number {
  if (typeof value === 'function') return value;
  finiteNumber(name, value, min, max);
  return () => value;
}

import type { Value } from '../engine/index.ts';

/**
 * The largest difference between two tensors, as a share of the expected number where that is above
 * 1; infinite where their shapes or types differ or a number is missing.
 */
export function largestDifference(expected: Value, got: Value | undefined): number {
  if (got === undefined || `${got.shape}` !== `${expected.shape}` || got.dtype !== expected.dtype)
    return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < expected.data.length; i++) {
    const number = expected.data[i]!;
    const difference = Math.abs(got.data[i]! - number) / Math.max(1, Math.abs(number));
    // Not below: also where it is no number.
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return largest;
}

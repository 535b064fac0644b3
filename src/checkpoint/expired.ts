import { wholeNumber } from '../base/index.ts';

/** Which checkpoints stay. */
export interface Keep {
  /** How many of the newest, from 1. */
  readonly last: number;
  /** Those whose step is a multiple of this stay for good; none where absent. */
  readonly multiplesOf?: number;
}

/** @throws RangeError naming the option */
export function checkKeep(keep: Keep): Keep {
  wholeNumber('keep.last', keep.last, 1);
  if (keep.multiplesOf !== undefined) wholeNumber('keep.multiplesOf', keep.multiplesOf, 1);
  return keep;
}

/**
 * The steps whose checkpoints may go now that `saved` is on disk. Later steps are there only when a
 * run was taken up at an earlier one: they neither count nor go, so the run overwrites them or
 * passes them by.
 */
export function expired(steps: readonly number[], saved: number, keep: Keep): number[] {
  const earlier = [...new Set(steps)].filter((step) => step < saved).sort((a, b) => b - a);
  return earlier.slice(keep.last - 1).filter((step) => !keep.multiplesOf || step % keep.multiplesOf !== 0);
}

import type { Value } from '../engine/index.ts';

/** Images that belong to samples: what they were made of before them, the truth behind. */
export interface ImagesBeside {
  /** [count, height, width, channels] each. */
  readonly before: readonly Value[];
  readonly after: readonly Value[];
}

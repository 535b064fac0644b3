import type { Value } from '../engine/index.ts';
import type { OnProgress } from './pairwise.ts';
import type { Rows } from './rows.ts';

/** Samples as scores see them. */
export interface Seen {
  /** [count, width] */
  readonly features: Rows;
  /** [count, classes], each row a distribution; where the features come from a classifier. */
  readonly probabilities?: Rows;
}

/**
 * A fixed function from samples to what scores compare. Scores are comparable only under one and
 * the same.
 */
export interface Features {
  /** For people: `features of fashion-mnist`. */
  readonly name: string;
  /** Published with every score: identifies this feature function. */
  readonly hash: string;
  /** @param samples float32 [count, ...shape]; images are NHWC in [-1, 1] */
  see(samples: Value, onProgress?: OnProgress): Promise<Seen>;
  /** Releases what it holds on an engine. */
  close(): void;
}

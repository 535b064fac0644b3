import type { Dataset } from './dataset.ts';
import type { Tokeniser } from './words.ts';

/** A dataset with a sentence about each example. */
export interface Captioned extends Dataset {
  /** Makes the part `tokens` of a batch from the captions. */
  readonly tokeniser: Tokeniser;
  /** The captions of the examples at the indices, in that order. */
  captions(indices: ArrayLike<number>): string[];
}

/** Whether there is a sentence about each example. */
export function isCaptioned(dataset: Dataset): dataset is Captioned {
  return 'captions' in dataset && 'tokeniser' in dataset;
}

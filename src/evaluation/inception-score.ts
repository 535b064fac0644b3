import { wholeNumber } from '../base/index.ts';
import { keyOf, permutation } from '../engine/index.ts';
import { LabelStatistics } from './label-statistics.ts';
import { gatherRows, matrixOf, type Rows } from './rows.ts';

/** Mean and standard deviation over the splits. */
export interface InceptionScore {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * The Inception score of class probabilities, [count, classes], from 1 to the number of classes:
 * Salimans et al., Improved Techniques for Training GANs (arXiv:1606.03498), section 4. The samples
 * are shuffled by seed before they are split, as torch-fidelity does; for samples in parts see
 * `LabelStatistics`.
 * @throws RangeError for fewer samples than splits, or rows that are no probabilities
 */
export function inceptionScore(
  probabilities: Rows,
  { splits = 1, seed = 0 }: { readonly splits?: number; readonly seed?: number } = {},
): InceptionScore {
  wholeNumber('inceptionScore: splits', splits, 1);
  const matrix = matrixOf('inceptionScore', probabilities, splits);
  const order = permutation(keyOf(seed, 'inception-score'), matrix.count);
  const scores = Array.from({ length: splits }, (_, i) => {
    const at = (split: number) => Math.floor((split * matrix.count) / splits);
    const { count, width, data } = gatherRows(matrix, order.subarray(at(i), at(i + 1)));
    return LabelStatistics.of({ shape: [count, width], data }).inceptionScore;
  });
  const mean = scores.reduce((sum, score) => sum + score, 0) / splits;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / splits) };
}

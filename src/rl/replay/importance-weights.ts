import { finiteNumber } from '../../base/index.ts';

/**
 * What makes up for drawing some transitions more often than others: (size * probability)^-beta,
 * over the largest of the batch so that updates only shrink. Beta 1 makes up for it in full, 0 not
 * at all. Schaul et al., https://arxiv.org/abs/1511.05952, section 3.4.
 * @param probabilities with which each of the batch was drawn, above 0
 * @param size transitions to draw from
 */
export function importanceWeights(
  probabilities: ArrayLike<number>,
  size: number,
  beta: number,
): Float32Array {
  finiteNumber('importanceWeights: beta', beta, 0, 1);
  const weights = Float64Array.from(probabilities, (probability) => (size * probability) ** -beta);
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  return Float32Array.from(weights, (weight) => weight / largest);
}

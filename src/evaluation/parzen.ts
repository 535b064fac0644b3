import { positiveNumber } from '../base/index.ts';
import { plainPairwise } from './pairwise.ts';
import { pairOf, type Rows } from './rows.ts';

/**
 * The mean log density, in nats, of test rows under a Parzen window of normal kernels round
 * generated ones: Goodfellow et al., Generative Adversarial Networks (arXiv:1406.2661), section 5.
 * It misleads in many dimensions (Theis et al., arXiv:1511.01844) and is here for comparison with
 * papers of its time; choose sigma on held-out data.
 * @param test [count, width]
 * @param generated [count, width]
 * @throws RangeError for other widths, numbers that are not finite or a sigma that is not above 0
 */
export function parzenLogLikelihood(test: Rows, generated: Rows, sigma: number): number {
  const [t, g] = pairOf('parzenLogLikelihood', test, generated);
  const scale = 2 * positiveNumber('parzenLogLikelihood: sigma', sigma) ** 2;
  const distances = plainPairwise.squaredDistances(t, g) as Float64Array;
  let sum = 0;
  for (let i = 0; i < t.count; i++) {
    const row = distances.subarray(i * g.count, (i + 1) * g.count);
    const nearest = row.reduce((least, value) => Math.min(least, value), Infinity);
    // Relative to the nearest kernel, so that far rows do not underflow to minus infinity.
    sum +=
      Math.log(row.reduce((total, value) => total + Math.exp((nearest - value) / scale), 0)) -
      nearest / scale;
  }
  return sum / t.count - Math.log(g.count) - (t.width / 2) * Math.log(Math.PI * scale);
}

import { LabelStatistics } from './label-statistics.ts';
import { modeCoverage } from './mode-coverage.ts';
import { Moments } from './moments.ts';
import { type Matrix, matrixOf, type Rows } from './rows.ts';

/** One class as the classifier finds it among real and generated samples. */
export interface ClassSpread {
  /** The share of generated samples in this class, from 0 to 1. */
  readonly share: number;
  /**
   * The variance of generated features in this class over that of real ones: near 0 is collapse
   * inside the class.
   */
  readonly spread: number;
}

/**
 * Collapse between classes (whole classes missing) and inside them (one picture again and again).
 */
export interface ClassCollapse {
  /** Classes that at least 1 % of the generated samples belong to. */
  readonly modes: number;
  readonly reverseKl: number;
  /** The mean spread of the classes that are hit; about 1 without collapse inside the classes. */
  readonly spread: number;
  /** By class. */
  readonly classes: readonly ClassSpread[];
}

/** Samples as a classifier sees them. */
export interface Classified {
  /** [count, width] */
  readonly features: Rows;
  /** [count, classes] */
  readonly probabilities: Rows;
}

/**
 * Mode collapse by a classifier: which classes are missing among the generated samples, and how
 * much less they vary inside a class than real ones do. The two notions are those of the survey of
 * Huang, Yu and Wang (arXiv:1803.04469), section 2. A class with fewer than two samples on a side
 * has spread 0.
 * @throws RangeError when features and probabilities do not fit together
 */
export function classCollapse(real: Classified, generated: Classified): ClassCollapse {
  const ofReal = spreads(real);
  const ofGenerated = spreads(generated);
  if (ofReal.variances.length !== ofGenerated.variances.length)
    throw new RangeError(
      `classCollapse: expected ${ofReal.variances.length} classes, got ${ofGenerated.variances.length}`,
    );
  const total = ofGenerated.hits.reduce((sum, count) => sum + count, 0);
  const classes = ofGenerated.hits.map((count, c) => ({
    share: count / total,
    spread: ofReal.variances[c] === 0 ? 0 : ofGenerated.variances[c]! / ofReal.variances[c]!,
  }));
  const hit = classes.filter(({ share }) => share > 0);
  const { modes, reverseKl } = modeCoverage(ofGenerated.hits, 0.01);
  return { modes, reverseKl, spread: hit.reduce((sum, { spread }) => sum + spread, 0) / hit.length, classes };
}

/** Samples and total variance of the features by predicted class. */
function spreads({ features, probabilities }: Classified) {
  const matrix = matrixOf('classCollapse: features', features);
  const { classes, hits } = LabelStatistics.of(probabilities);
  const labels = argMaxRows(matrixOf('classCollapse: probabilities', probabilities));
  if (labels.length !== matrix.count)
    throw new RangeError(
      `classCollapse: expected probabilities for ${matrix.count} features, got ${labels.length}`,
    );
  const moments = Array.from({ length: classes }, () => new Moments(matrix.width));
  labels.forEach((label, i) => {
    const data = matrix.data.subarray(i * matrix.width, (i + 1) * matrix.width);
    moments[label]!.add({ shape: [1, matrix.width], data });
  });
  return { hits, variances: moments.map(({ totalVariance }) => totalVariance) };
}

/** The most probable class of each row. */
export function argMaxRows({ count, width, data }: Matrix): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => {
    let best = 0;
    for (let c = 1; c < width; c++) if (data[i * width + c]! > data[i * width + best]!) best = c;
    return best;
  });
}

import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { Moments } from './moments.ts';
import type { Rows } from './rows.ts';

/** A normal distribution by its moments. */
export interface Gaussian {
  /** [width] */
  readonly mean: Float64Array;
  /** [width, width], row-major and symmetric. */
  readonly covariance: Float64Array;
}

/**
 * The Frechet distance of two normal distributions,
 * |mu1 - mu2|^2 + Tr(S1 + S2) - 2 Tr (S1^1/2 S2 S1^1/2)^1/2: Dowson and Landau (1982), equation 4.
 * The root is taken of a symmetric matrix, so that its eigenvalues are real. Never below 0.
 * @throws RangeError when the widths differ
 */
export function gaussianDistance(first: Gaussian, second: Gaussian): number {
  const width = first.mean.length;
  if (second.mean.length !== width)
    throw new RangeError(
      `frechetDistance: expected ${width} columns on both sides, got ${second.mean.length}`,
    );
  let distance = 0;
  for (let i = 0; i < width; i++) {
    const diagonal = i * (width + 1);
    distance += (first.mean[i]! - second.mean[i]!) ** 2;
    distance += first.covariance[diagonal]! + second.covariance[diagonal]!;
  }
  const root = squareRoot(square(first.covariance, width));
  const product = root.mmul(square(second.covariance, width)).mmul(root);
  const shared = roots(decompose(symmetric(product))).reduce((sum, root) => sum + root, 0);
  // Two that are alike come out below 0 by some 1e-14 of rounding.
  return Math.max(0, distance - 2 * shared);
}

/**
 * The Frechet distance of real and generated features (FID where the features are Inception's):
 * Heusel et al., GANs Trained by a Two Time-Scale Update Rule (arXiv:1706.08500), equation 6.
 * Covariances have divisor n - 1. Few samples bias it upwards: compare at equal n only. Units:
 * those of the features, squared.
 * @param real rows [count, width], or moments gathered from parts
 * @throws RangeError for a side with no more samples than features, for other widths, numbers that
 * are not finite, or real features that are all the same
 */
export function frechetDistance(real: Rows | Moments, generated: Rows | Moments): number {
  const [first, second] = [momentsOf('real', real), momentsOf('generated', generated)];
  if (first.totalVariance === 0)
    throw new RangeError(
      'frechetDistance: expected real features that vary, got the same row for every sample',
    );
  return gaussianDistance(first, second);
}

function momentsOf(side: string, given: Rows | Moments): Moments {
  const moments = given instanceof Moments ? given : Moments.of(given);
  const { count, width } = moments;
  if (count > width) return moments;
  throw new RangeError(
    `frechetDistance: ${side}: expected more samples than the ${width} features, or the covariance is singular, got ${count}`,
  );
}

const square = (data: Float64Array, width: number) => Matrix.from1DArray(width, width, data);

function decompose(matrix: Matrix): EigenvalueDecomposition {
  return new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
}

/**
 * The roots of the eigenvalues. What is nothing but rounding beside the largest counts as zero: its
 * root would be far more.
 */
function roots({ realEigenvalues }: EigenvalueDecomposition): number[] {
  const least = Math.max(...realEigenvalues) * realEigenvalues.length * Number.EPSILON;
  return realEigenvalues.map((value) => (value <= least ? 0 : Math.sqrt(value)));
}

function squareRoot(matrix: Matrix): Matrix {
  const decomposed = decompose(matrix);
  const vectors = decomposed.eigenvectorMatrix;
  return vectors.mmul(Matrix.diag(roots(decomposed))).mmul(vectors.transpose());
}

/** Rounding makes the halves of the product differ in the last digits. */
function symmetric(matrix: Matrix): Matrix {
  return Matrix.add(matrix, matrix.transpose()).mul(0.5);
}

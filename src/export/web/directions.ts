import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** A direction of the latent space, of length 1. */
export interface LatentDirection {
  readonly name: string;
  readonly numbers: readonly number[];
}

/** Directions that a page shows. */
const shown = 6;

/**
 * The directions of the latent space along which samples change most: the principal components of
 * samples, each with the mean of the noise weighted by its scores. Harkonen et al., GANSpace,
 * https://arxiv.org/abs/2004.02546, section 2.2, with samples in place of activations. A latent
 * space of so few numbers that each can have a slider keeps its axes.
 * @param noise [count, size], row by row
 * @param samples [count, width], row by row
 */
export function principalDirections(
  noise: Float32Array,
  samples: Float32Array,
  count: number,
): readonly LatentDirection[] {
  const size = noise.length / count;
  if (size <= shown)
    return Array.from({ length: size }, (_, axis) => ({
      name: `noise ${axis + 1}`,
      numbers: Array.from({ length: size }, (_, i) => (i === axis ? 1 : 0)),
    }));
  const { eigenvectorMatrix } = new EigenvalueDecomposition(gram(samples, count), {
    assumeSymmetric: true,
  });
  // Eigenvalues come in ascending order.
  return Array.from({ length: shown }, (_, k) => ({
    name: `direction ${k + 1}`,
    numbers: unit(weightedNoise(noise, eigenvectorMatrix.getColumn(count - 1 - k))),
  }));
}

/** Products of all pairs of samples, about their mean. */
function gram(samples: Float32Array, count: number): Matrix {
  const centred = Matrix.from1DArray(count, samples.length / count, samples).center('column');
  return centred.mmul(centred.transpose());
}

function weightedNoise(noise: Float32Array, scores: readonly number[]): number[] {
  const size = noise.length / scores.length;
  return Array.from({ length: size }, (_, i) =>
    scores.reduce((sum, score, row) => sum + score * noise[row * size + i]!, 0),
  );
}

/** Of length 1, its largest number above 0. */
function unit(numbers: readonly number[]): number[] {
  const length = Math.hypot(...numbers);
  const largest = numbers.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0);
  return numbers.map((x) => Number(((Math.sign(largest) * x) / length).toPrecision(6)));
}

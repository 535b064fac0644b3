import { oneOf, wholeNumber } from '../base/index.ts';
import { fold, keyOf, permutation } from '../engine/index.ts';
import { eachBlock } from './blocks.ts';
import type { PairOptions } from './nearest-neighbours.ts';
import { plainPairwise } from './pairwise.ts';
import { gatherRows, type Matrix, pairOf, type Rows } from './rows.ts';

/**
 * How the squared maximum mean discrepancy is estimated: `unbiased` takes all cross pairs,
 * `u-statistic` leaves out the cross pairs of equal number (both have the right mean, and can be
 * negative), `biased` takes all pairs.
 */
export type KernelEstimator = 'unbiased' | 'u-statistic' | 'biased';

/** Options of the kernel distance. */
export interface KernelOptions extends PairOptions {
  /** @default 'unbiased' */
  readonly estimator?: KernelEstimator;
  /** How many random subsets are compared. @default 100, or 1 where the subset is all there is */
  readonly subsets?: number;
  /** @default 1000, or as many as there are */
  readonly subsetSize?: number;
  /** Which subsets. @default 0 */
  readonly seed?: number;
}

/** Mean and standard deviation over the subsets. */
export interface KernelDistance {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * The kernel distance of real and generated features (KID where the features are Inception's):
 * squared maximum mean discrepancy with k(x, y) = (x.y / width + 1)^3. Binkowski et al.,
 * Demystifying MMD GANs (arXiv:1801.01401), section 4.
 * @param real features [count, width]
 * @param generated features [count, width]
 * @throws RangeError naming an option, for other widths, numbers that are not finite, or below two
 * rows
 */
export async function kernelDistance(
  real: Rows,
  generated: Rows,
  options: KernelOptions = {},
): Promise<KernelDistance> {
  const [r, g] = pairOf('kernelDistance', real, generated, 2);
  const { estimator = 'unbiased', seed = 0, onProgress } = options;
  oneOf('kernelDistance: estimator', estimator, ['unbiased', 'u-statistic', 'biased']);
  const most = Math.min(r.count, g.count);
  const size = wholeNumber('kernelDistance: subsetSize', options.subsetSize ?? Math.min(1000, most), 2, most);
  const whole = size === r.count && size === g.count;
  const subsets = wholeNumber('kernelDistance: subsets', options.subsets ?? (whole ? 1 : 100), 1);
  const distances: number[] = [];
  for (let i = 0; i < subsets; i++) {
    const pick = (side: string, rows: Matrix) =>
      whole ? rows : gatherRows(rows, permutation(fold(keyOf(seed, side), i), rows.count).subarray(0, size));
    distances.push(await discrepancy(pick('kid/real', r), pick('kid/generated', g), estimator, options));
    onProgress?.(i + 1, subsets);
  }
  const mean = distances.reduce((sum, value) => sum + value, 0) / subsets;
  const squares = distances.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / subsets) };
}

async function discrepancy(
  r: Matrix,
  g: Matrix,
  estimator: KernelEstimator,
  options: PairOptions,
): Promise<number> {
  const [within, opposite, across] = [
    await kernelSums(r, r, options),
    await kernelSums(g, g, options),
    await kernelSums(r, g, options),
  ];
  const n = r.count;
  const [pairs, others] = [n * n, n * (n - 1)];
  const own =
    estimator === 'biased'
      ? (within.all + opposite.all) / pairs
      : (within.all - within.diagonal + opposite.all - opposite.diagonal) / others;
  const cross = estimator === 'u-statistic' ? (across.all - across.diagonal) / others : across.all / pairs;
  return own - 2 * cross;
}

/** Sums of the kernel over all pairs, and over pairs of equal number. */
async function kernelSums(a: Matrix, b: Matrix, { pairwise = plainPairwise }: PairOptions) {
  let [all, diagonal] = [0, 0];
  await eachBlock(a, b, async (block) => {
    const products = await pairwise.products(block.a, block.b);
    for (let at = 0; at < products.length; at++) all += cubic(products[at]!, a.width);
    // Rows of equal number, where the block holds any.
    for (let i = 0; i < block.a.count; i++) {
      const j = block.row + i - block.column;
      if (j >= 0 && j < block.b.count) diagonal += cubic(products[i * block.b.count + j]!, a.width);
    }
  });
  return { all, diagonal };
}

function cubic(product: number, width: number): number {
  const base = product / width + 1;
  return base * base * base;
}

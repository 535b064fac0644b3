import { wholeNumber } from '../base/index.ts';
import { eachBlock } from './blocks.ts';
import { nearestDistances, type PairOptions } from './nearest-neighbours.ts';
import { type OnProgress, plainPairwise } from './pairwise.ts';
import { type Matrix, pairOf, type Rows } from './rows.ts';

/** How generated features lie to real ones, each from 0 to 1 but for density. */
export interface ManifoldScores {
  /** The share of generated rows that lie inside a ball of a real one: how good samples look. */
  readonly precision: number;
  /**
   * The share of real rows that lie inside a ball of a generated one: how much of the data is
   * reached.
   */
  readonly recall: number;
  /**
   * How many real balls hold a generated row, over k: 1 where the distributions are equal, above 1
   * in dense places.
   */
  readonly density: number;
  /**
   * The share of real balls that hold a generated row; about 1 - 2^-k where the distributions are
   * equal.
   */
  readonly coverage: number;
}

/** Options of the balls. */
export interface ManifoldOptions extends PairOptions {
  /** The neighbour that sets the radius of a ball for precision and recall. @default 3 */
  readonly k?: number;
  /** The same for density and coverage. @default 5 */
  readonly densityK?: number;
}

/**
 * Improved precision and recall (Kynkaanniemi et al., arXiv:1904.06991, equations 1 and 2: inside
 * is at most the radius) and density and coverage (Naeem et al., arXiv:2002.09797, equations 2 and
 * 3: inside is below the radius), in one pass over all pairs. A row is no neighbour of itself.
 * Memory is bounded: distances are held block by block.
 * @param real features [count, width]
 * @param generated features [count, width]
 * @throws RangeError for no more rows than k, other widths, numbers that are not finite, or real
 * rows that are all the same
 */
export async function manifoldScores(
  real: Rows,
  generated: Rows,
  options: ManifoldOptions = {},
): Promise<ManifoldScores> {
  const k = wholeNumber('manifoldScores: k', options.k ?? 3, 1);
  const densityK = wholeNumber('manifoldScores: densityK', options.densityK ?? 5, 1);
  const [r, g] = pairOf('manifoldScores', real, generated, Math.max(k, densityK) + 1);
  if (r.data.every((value, i) => value === r.data[i % r.width]))
    throw new RangeError(
      'manifoldScores: expected real features that vary, got the same row for every sample',
    );
  const progress = inParts(options.onProgress, [r.count * r.count, g.count * g.count, r.count * g.count]);
  const deepest = Math.max(k, densityK);
  const ofReal = await nearestDistances(r, r, deepest, { ...options, ...progress(0) });
  const ofGenerated = await nearestDistances(g, g, k, { ...options, ...progress(1) });
  const balls: Balls = {
    precision: radii(ofReal, deepest, k),
    density: radii(ofReal, deepest, densityK),
    recall: radii(ofGenerated, k, k),
  };
  const { inside, reached, covered, holding } = await visitPairs(r, g, balls, { ...options, ...progress(2) });
  const share = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0) / flags.length;
  return {
    precision: share(inside),
    recall: share(reached),
    density: holding / (densityK * g.count),
    coverage: share(covered),
  };
}

/** Squared radii of the balls round real rows (precision, density) and generated ones (recall). */
interface Balls {
  readonly precision: Float64Array;
  readonly density: Float64Array;
  readonly recall: Float64Array;
}

async function visitPairs(r: Matrix, g: Matrix, balls: Balls, options: PairOptions) {
  const { pairwise = plainPairwise, onProgress } = options;
  const inside = new Uint8Array(g.count);
  const reached = new Uint8Array(r.count);
  const covered = new Uint8Array(r.count);
  let holding = 0;
  await eachBlock(
    r,
    g,
    async ({ a, b, row, column }) => {
      const distances = await pairwise.squaredDistances(a, b);
      for (let i = row, at = 0; i < row + a.count; i++) {
        const [near, dense] = [balls.precision[i]!, balls.density[i]!];
        for (let j = column; j < column + b.count; j++, at++) {
          const distance = distances[at]!;
          if (distance <= near) inside[j] = 1;
          if (distance <= balls.recall[j]!) reached[i] = 1;
          if (distance < dense) {
            covered[i] = 1;
            holding++;
          }
        }
      }
    },
    { onProgress },
  );
  return { inside, reached, covered, holding };
}

/** The k-th of the distances that are kept for each row. */
function radii(nearest: Float64Array, kept: number, k: number): Float64Array {
  return Float64Array.from({ length: nearest.length / kept }, (_, i) => nearest[i * kept + k - 1]!);
}

/** One progress out of several parts of known weight. */
function inParts(onProgress: OnProgress | undefined, weights: readonly number[]) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (part: number): { readonly onProgress?: OnProgress } => {
    if (onProgress === undefined) return {};
    const before = weights.slice(0, part).reduce((sum, weight) => sum + weight, 0);
    return {
      onProgress: (done, of) => onProgress(Math.round(before + (weights[part]! * done) / of), total),
    };
  };
}

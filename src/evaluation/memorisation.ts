import { nearestDistances, type PairOptions } from './nearest-neighbours.ts';
import { nearestRows } from './nearest-rows.ts';
import { pairOf, type Rows } from './rows.ts';

/**
 * Whether a generator copies what it was trained on. Distances are Euclidean, in the units of the
 * rows.
 */
export interface Memorisation {
  /** The mean distance from a generated row to the nearest training row. */
  readonly toTraining: number;
  /** The mean distance from a generated row to the nearest held-out row. */
  readonly toHeldOut: number;
  /** toTraining / toHeldOut: about 1 without memorisation, 0 for copies of the training data. */
  readonly ratio: number;
  /**
   * The share of generated rows that are nearer to a training row than that row is to any other
   * training row (Alaa et al., arXiv:2102.08921, section 4.3: these are not authentic).
   */
  readonly copies: number;
}

/**
 * The nearest-neighbour check for memorised training data. It needs held-out rows of the same
 * distribution, as many as training rows: the nearest of more rows is nearer by itself.
 * @param generated features [count, width]
 * @param training features [n, width]
 * @param heldOut features [n, width]
 * @throws RangeError for other widths or sizes, or numbers that are not finite
 */
export async function memorisation(
  generated: Rows,
  training: Rows,
  heldOut: Rows,
  options: PairOptions = {},
): Promise<Memorisation> {
  const [t, g] = pairOf('memorisation', training, generated);
  const [h] = pairOf('memorisation', heldOut, generated);
  if (h.count !== t.count)
    throw new RangeError(
      `memorisation: expected as many held-out rows as training rows, ${t.count}, got ${h.count}`,
    );
  const toTraining = await nearestRows(g, t, options);
  const toHeldOut = await nearestRows(g, h, options);
  const own = await nearestDistances(t, t, 1, options);
  const copied = toTraining.distances.filter((distance, i) => distance < own[toTraining.rows[i]!]!).length;
  const [near, far] = [meanRoot(toTraining.distances), meanRoot(toHeldOut.distances)];
  return { toTraining: near, toHeldOut: far, ratio: far === 0 ? 1 : near / far, copies: copied / g.count };
}

function meanRoot(squares: Float64Array): number {
  return squares.reduce((sum, square) => sum + Math.sqrt(square), 0) / squares.length;
}

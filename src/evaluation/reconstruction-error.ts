import { pairOf, type Rows } from './rows.ts';

/**
 * The mean squared difference of originals and their reconstructions by element: of an autoencoder,
 * or of a generator by the best latent vectors that were found (`invertGenerator`), which is the
 * inference-via-optimisation of Metz et al., Unrolled GANs (arXiv:1611.02163), section 3.4.3.
 * Units: those of the data, squared.
 * @param originals [count, ...shape]
 * @throws RangeError for other shapes or numbers that are not finite
 */
export function reconstructionError(originals: Rows, reconstructions: Rows): number {
  const flat = ({ shape, data }: Rows) => ({ shape: [shape[0] ?? 0, data.length / (shape[0] || 1)], data });
  const [a, b] = pairOf('reconstructionError', flat(originals), flat(reconstructions));
  if (a.count !== b.count)
    throw new RangeError(`reconstructionError: expected ${a.count} reconstructions, got ${b.count}`);
  return a.data.reduce((sum, value, i) => sum + (value - b.data[i]!) ** 2, 0) / a.data.length;
}

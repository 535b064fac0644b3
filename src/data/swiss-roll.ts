import type { Dataset } from './dataset.ts';
import { madePoints } from './made-points.ts';

const noise = 0.25;
const scale = 7.5;

/**
 * A spiral: (t cos t, t sin t) with t uniform in [1.5 pi, 4.5 pi), N(0, 0.25^2) noise on both
 * coordinates, all divided by 7.5. That is scikit-learn's `make_swiss_roll(noise=0.25)` without its
 * second coordinate, the data of figure 1(b) of "Improved Training of Wasserstein GANs",
 * https://arxiv.org/abs/1704.00028.
 */
export function swissRoll({ seed = 0 }: { readonly seed?: number } = {}): Dataset {
  const form = { name: 'swiss-roll', version: 1, seed, constants: { noise, scale } };
  return madePoints(form, (uniform, normalX, normalY, out, at) => {
    const t = 1.5 * Math.PI * (1 + 2 * uniform);
    out[at] = (t * Math.cos(t) + noise * normalX) / scale;
    out[at + 1] = (t * Math.sin(t) + noise * normalY) / scale;
    return 0;
  });
}

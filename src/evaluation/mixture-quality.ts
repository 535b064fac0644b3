import type { Mixture } from '../data/index.ts';
import type { Value } from '../engine/index.ts';
import { modeCoverage } from './mode-coverage.ts';

/** How well samples cover a mixture. */
export interface MixtureQuality {
  /** Centres with at least one high-quality sample. */
  readonly modes: number;
  /** Centres there are. */
  readonly centres: number;
  /**
   * The share of samples within three deviations of the nearest centre, from 0 to 1. A perfect
   * sampler has 1 - exp(-4.5) = 0.9889.
   */
  readonly highQuality: number;
  /** KL(high-quality samples by centre || uniform) in nats: 0 when all modes weigh the same. */
  readonly reverseKl: number;
}

/**
 * Modes, high-quality share and reverse KL of samples, as the mode-collapse literature counts them:
 * Srivastava et al., VEEGAN (2017), section 5.1; Lin et al., PacGAN (2018), section 4.1.
 * @param samples float32 [count, 2]
 * @throws RangeError for samples of another shape
 */
export function mixtureQuality(
  samples: Value,
  mixture: Pick<Mixture, 'centres' | 'deviation'>,
): MixtureQuality {
  const { shape, data } = samples;
  if (shape.length !== 2 || shape[1] !== 2 || shape[0] === 0) {
    throw new RangeError(`mixtureQuality: expected samples of shape [count, 2], got [${shape}]`);
  }
  const hits = mixture.centres.map(() => 0);
  for (let i = 0; i < data.length; i += 2) {
    const { centre, distance } = nearest(data[i]!, data[i + 1]!, mixture.centres);
    if (distance <= 3 * mixture.deviation) hits[centre]!++;
  }
  const good = hits.reduce((sum, count) => sum + count, 0);
  const { modes, reverseKl } = modeCoverage(hits);
  return { modes, centres: hits.length, highQuality: good / shape[0]!, reverseKl };
}

function nearest(x: number, y: number, centres: Mixture['centres']): { centre: number; distance: number } {
  let best = { centre: 0, distance: Infinity };
  centres.forEach(([cx, cy], centre) => {
    const distance = Math.hypot(x - cx, y - cy);
    if (distance < best.distance) best = { centre, distance };
  });
  return best;
}

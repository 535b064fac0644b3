import type { Value } from '../engine/index.ts';
import type { Features, Seen } from './features.ts';

/** A feature function of one's own. */
export interface OwnFeatures {
  readonly name: string;
  /** Whatever changes when the function does: a version, a digest of its weights. */
  readonly hash: string;
  /** @param samples float32 [count, ...shape] */
  see(samples: Value): Seen | Promise<Seen>;
}

/**
 * Features by any function: a network of another library, hand-made statistics. @throws RangeError
 * for an empty hash
 */
export function ownFeatures({ name, hash, see }: OwnFeatures): Features {
  if (hash === '')
    throw new RangeError('ownFeatures: hash: expected text that tells this function from others, got ""');
  return { name, hash, see: async (samples) => see(samples), close: () => undefined };
}

/**
 * The samples themselves as features, [count, all numbers of a sample]: for points, and for images
 * small enough.
 */
export function identityFeatures(): Features {
  return ownFeatures({
    name: 'the samples themselves',
    hash: 'identity',
    see: ({ shape, data }) => ({ features: { shape: [shape[0] ?? 0, data.length / (shape[0] || 1)], data } }),
  });
}

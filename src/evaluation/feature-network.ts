import { createHash } from 'node:crypto';
import { wholeNumber } from '../base/index.ts';
import { flattenTree as leaves, type Tree, type Value } from '../engine/index.ts';
import { conv2d, dense, flatten, type Layer, relu, sequential, tap } from '../models/index.ts';

/** The number of features. */
export const featureWidth = 64;

/**
 * A classifier that was trained to be looked through: its weights, and what must be known to use
 * and to trust it.
 */
export interface FeatureNetwork {
  /** The dataset that it was trained on. */
  readonly data: string;
  /** The shape of one image, [height, width, channels]. */
  readonly shape: readonly number[];
  readonly classes: number;
  /** The task that it was trained on. */
  readonly labels: 'classes' | 'rotations';
  /** The share of held-out images that it classifies rightly. */
  readonly accuracy: number;
  /** What features are divided by, so that those of real data have a mean variance of 1. */
  readonly scale: number;
  readonly weights: Tree<Value>;
  /** SHA-256 of all that decides the features: shape, scale and weights. */
  readonly hash: string;
}

/**
 * Two convolutions of stride 2, a linear layer of 64 that is shown as `features`, and the classes.
 * Features are taken before the ReLU: behind it, units that are rarely active make the scores jump.
 * @param classes the number of classes
 */
export function featureLayers(classes: number): Layer {
  wholeNumber('featureLayers: classes', classes, 2);
  return sequential([
    conv2d(16, { kernelSize: 4, stride: 2 }),
    relu(),
    conv2d(32, { kernelSize: 4, stride: 2 }),
    relu(),
    flatten(),
    tap('features', dense(featureWidth)),
    relu(),
    dense(classes),
  ]);
}

/** What is published with each score under these features. */
export function featureHash({
  shape,
  scale,
  weights,
}: Pick<FeatureNetwork, 'shape' | 'scale' | 'weights'>): string {
  const hash = createHash('sha256').update(JSON.stringify({ shape, scale }));
  for (const [path, { data, shape }] of leaves(weights))
    hash.update(`${path}[${shape}]`).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest('hex');
}

import * as tf from '@tensorflow/tfjs-core';
import { averagePooled, enlarged } from './pooling.ts';

/** Images as a coarse copy and what each enlargement lacks. */
export interface ImagePyramid {
  readonly coarsest: tf.Tensor;
  /** From the smallest side to the largest. */
  readonly bands: readonly tf.Tensor[];
}

/** Enlarges images to a side. Data, training and sampling take the same one. */
export type Enlargement = (images: tf.Tensor, side: number) => tf.Tensor;

/**
 * The Laplacian pyramid of images: each level is halved by 2x2 means, and the band is what its
 * enlargement lacks. Burt and Adelson (1983), with means in place of a Gaussian.
 */
export function imagePyramid(
  images: tf.Tensor,
  levels: number,
  enlarge: Enlargement = enlarged,
): ImagePyramid {
  if (levels === 0) return { coarsest: images, bands: [] };
  const coarse = averagePooled(images);
  const { coarsest, bands } = imagePyramid(coarse, levels - 1, enlarge);
  return { coarsest, bands: [...bands, tf.sub(images, enlarge(coarse, images.shape[1]!))] };
}

/** The images of a pyramid: enlarged and completed level by level. */
export function rebuiltImages({ coarsest, bands }: ImagePyramid, enlarge: Enlargement = enlarged): tf.Tensor {
  return bands.reduce((images, band) => tf.add(enlarge(images, band.shape[1]!), band), coarsest);
}

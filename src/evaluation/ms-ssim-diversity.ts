import { wholeNumber } from '../base/index.ts';
import { fold, integer, keyOf } from '../engine/index.ts';
import { imagesOf } from './images.ts';
import { msSsim } from './ms-ssim.ts';
import type { Rows } from './rows.ts';

/** Options of the pairs. */
export interface DiversityOptions {
  /**
   * The class of each image: pairs are then of one class, since images of two classes differ
   * anyway.
   */
  readonly labels?: ArrayLike<number>;
  /** @default 100 */
  readonly pairs?: number;
  /** Which pairs. @default 0 */
  readonly seed?: number;
}

/**
 * The mean multi-scale structural similarity of random pairs of images, from 0 to 1: the higher,
 * the less diverse. Odena, Olah and Shlens, Conditional Image Synthesis with Auxiliary Classifier
 * GANs (arXiv:1610.09585), section 4.2. Compare with the value of real images of the same classes.
 * @param images [count, height, width, channels] in [-1, 1]
 * @throws RangeError for another shape, numbers that are not finite, or no class with two images
 */
export function msSsimDiversity(images: Rows, options: DiversityOptions = {}): number {
  const checked = imagesOf('msSsim', images);
  const pairs = wholeNumber('msSsim: pairs', options.pairs ?? 100, 1);
  const groups = groupsOf(options.labels ?? new Uint8Array(checked.count));
  const key = keyOf(options.seed ?? 0, 'ms-ssim');
  let sum = 0;
  for (let i = 0; i < pairs; i++) {
    const group = groups[i % groups.length]!;
    const first = integer(fold(fold(key, i), 'first'), group.length);
    const step = 1 + integer(fold(fold(key, i), 'second'), group.length - 1);
    sum += msSsim(checked, group[first]!, group[(first + step) % group.length]!);
  }
  return sum / pairs;
}

/** The numbers of the images of each class, for classes that make pairs. */
function groupsOf(labels: ArrayLike<number>): number[][] {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) groups.set(labels[i]!, [...(groups.get(labels[i]!) ?? []), i]);
  const large = [...groups.values()].filter(({ length }) => length > 1);
  if (large.length === 0) throw new RangeError('msSsim: expected a class of at least 2 images, got none');
  return large;
}

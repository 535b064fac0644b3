import { finiteNumber, positiveNumber } from '../base/index.ts';
import { type Mixture, mixture, type Point } from './mixture.ts';

/** Where the Gaussian is, how wide, and which of its samples. */
export interface GaussianOptions {
  readonly mean?: Point;
  /** The standard deviation along each axis. */
  readonly deviation?: number;
  readonly seed?: number;
}

/** One round Gaussian in the plane: N(0, I) by default. */
export function gaussianPoints({ mean = [0, 0], deviation = 1, seed = 0 }: GaussianOptions = {}): Mixture {
  const centre: Point = [finiteNumber('mean[0]', mean[0]), finiteNumber('mean[1]', mean[1])];
  return mixture('gaussian', [centre], positiveNumber('deviation', deviation), seed);
}

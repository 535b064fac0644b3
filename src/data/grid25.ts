import { type Mixture, mixture, type Point } from './mixture.ts';

const steps = [-4, -2, 0, 2, 4];
const scale = 2.828;

/**
 * Twenty-five Gaussians on a grid: {-4, -2, 0, 2, 4}^2, deviation 0.05, all divided by 2.828 (close
 * to one standard deviation). The toy data of the code for "Improved Training of Wasserstein GANs",
 * https://arxiv.org/abs/1704.00028. Modes are numbered column by column from the lower left.
 */
export function grid25({ seed = 0 }: { readonly seed?: number } = {}): Mixture {
  const centres = steps.flatMap((x) => steps.map((y): Point => [x / scale, y / scale]));
  return mixture('grid25', centres, 0.05 / scale, seed);
}

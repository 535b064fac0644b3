import { type Mixture, mixture, type Point } from './mixture.ts';

// biome-ignore lint/suspicious/noApproximativeNumericConstant: the number of the published code, which is not quite the root of two
const scale = 1.414;

/**
 * Eight Gaussians on a ring: radius 2, deviation 0.02, all divided by 1.414 (close to one standard
 * deviation). The toy data of the code for "Improved Training of Wasserstein GANs",
 * https://arxiv.org/abs/1704.00028. Mode k is at k eighths of a step.
 */
export function ring8({ seed = 0 }: { readonly seed?: number } = {}): Mixture {
  const centres = Array.from({ length: 8 }, (_, mode): Point => {
    const angle = (mode * Math.PI) / 4;
    return [(2 * Math.cos(angle)) / scale, (2 * Math.sin(angle)) / scale];
  });
  return mixture('ring8', centres, 0.02 / scale, seed);
}

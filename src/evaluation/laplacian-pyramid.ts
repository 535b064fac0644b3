import type { Plane } from './images.ts';

/** Burt and Adelson's binomial kernel. */
const kernel = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16];

/**
 * The Laplacian pyramid of an image: at each level what the next coarser one lacks, and at the last
 * the coarse image itself. Burt and Adelson, The Laplacian Pyramid as a Compact Image Code (1983);
 * borders are mirrored.
 * @param smallest no level has a smaller side; a level of odd sides is the last
 */
export function laplacianPyramid(plane: Plane, smallest: number): Plane[] {
  const levels: Plane[] = [];
  let current = plane;
  while (halves(current, smallest)) {
    const coarse = reduced(current);
    levels.push(difference(current, expanded(coarse)));
    current = coarse;
  }
  levels.push(current);
  return levels;
}

function halves({ height, width }: Plane, smallest: number): boolean {
  return height % 2 === 0 && width % 2 === 0 && Math.min(height, width) / 2 >= smallest;
}

function difference(a: Plane, b: Plane): Plane {
  return { ...a, data: a.data.map((value, i) => value - b.data[i]!) };
}

/** Smoothed, and every second row and column of it. */
function reduced(plane: Plane): Plane {
  const { width, data } = smoothed(plane, 1);
  const [height, half] = [plane.height / 2, width / 2];
  const coarse = Float64Array.from(
    { length: height * half },
    (_, i) => data[2 * Math.floor(i / half) * width + 2 * (i % half)]!,
  );
  return { height, width: half, data: coarse };
}

/** Twice the size: zeros between, and smoothed to the same brightness. */
function expanded({ height, width, data }: Plane): Plane {
  const wide = new Float64Array(4 * height * width);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) wide[2 * y * 2 * width + 2 * x] = data[y * width + x]!;
  return smoothed({ height: 2 * height, width: 2 * width, data: wide }, 2);
}

/** The kernel along both axes, times `gain` along each. */
function smoothed({ height, width, data }: Plane, gain: number): Plane {
  const across = new Float64Array(data.length);
  const both = new Float64Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let t = -2; t <= 2; t++)
        across[y * width + x]! += gain * kernel[t + 2]! * data[y * width + mirrored(x + t, width)]!;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let t = -2; t <= 2; t++)
        both[y * width + x]! += gain * kernel[t + 2]! * across[mirrored(y + t, height) * width + x]!;
  return { height, width, data: both };
}

/** The place inside that a place outside mirrors; the border itself is not repeated. */
function mirrored(at: number, size: number): number {
  const inside = at < 0 ? -at : at;
  return inside < size ? inside : 2 * size - 2 - inside;
}

import type { Picture } from './decode-png.ts';

/**
 * The largest centred square of the picture, at `side` x `side` pixels: each new pixel is the average of the
 * area that it covers, weighted by how much of each old pixel lies in it.
 */
export function squarePicture(picture: Picture, side: number): Picture {
  const { width, height, channels, pixels } = picture;
  const whole = Math.min(width, height);
  if (width === side && height === side) return picture;
  const left = Math.floor((width - whole) / 2);
  const top = Math.floor((height - whole) / 2);
  const spans = Array.from({ length: side }, (_, i) => weights((i * whole) / side, ((i + 1) * whole) / side));
  const square = new Uint8Array(side * side * channels);
  let at = 0;
  for (const rows of spans) {
    for (const columns of spans) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (const [row, high] of rows)
          for (const [column, wide] of columns)
            sum += high * wide * pixels[((top + row) * width + left + column) * channels + channel]!;
        square[at++] = Math.round(sum);
      }
    }
  }
  return { width: side, height: side, channels, pixels: square };
}

/** The whole numbers that the interval touches, each with its share of the interval. */
function weights(start: number, end: number): [number, number][] {
  const shares: [number, number][] = [];
  for (let i = Math.floor(start); i < end; i++)
    shares.push([i, (Math.min(end, i + 1) - Math.max(start, i)) / (end - start)]);
  return shares;
}

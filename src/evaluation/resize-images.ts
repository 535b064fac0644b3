import type { Images } from './images.ts';

/**
 * Images of another size, [count, height, width, channels], bilinear with half-pixel centres as
 * PyTorch and Pillow resize (no smoothing when they shrink); grey ones become colour where three
 * channels are asked for.
 */
export function resizeImages(images: Images, height: number, width: number, channels: number): Float32Array {
  const { count, data } = images;
  const [rows, columns] = [taps(images.height, height), taps(images.width, width)];
  const resized = new Float32Array(count * height * width * channels);
  let at = 0;
  for (let i = 0; i < count; i++)
    for (const [top, bottom, down] of rows)
      for (const [left, right, across] of columns)
        for (let c = 0; c < channels; c++) {
          const from = images.channels === 1 ? 0 : c;
          const pixel = (y: number, x: number) =>
            data[((i * images.height + y) * images.width + x) * images.channels + from]!;
          const upper = pixel(top, left) * (1 - across) + pixel(top, right) * across;
          const lower = pixel(bottom, left) * (1 - across) + pixel(bottom, right) * across;
          resized[at++] = upper * (1 - down) + lower * down;
        }
  return resized;
}

/** For each new pixel the two old ones that it lies between, and its share of the second. */
function taps(from: number, to: number): (readonly [first: number, second: number, share: number])[] {
  return Array.from({ length: to }, (_, i) => {
    const place = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    const first = Math.floor(place);
    return [first, Math.min(from - 1, first + 1), place - first] as const;
  });
}

import type { Picture } from './picture.ts';

/**
 * Pixels that a new one is made of: from `first` on, each with its share. The shares add up to 1.
 */
interface Span {
  readonly first: number;
  readonly shares: readonly number[];
}

/**
 * The largest centred part of the picture that has the shape `height` x `width`, at that size.
 * Along each axis a reduction averages the area that a new pixel covers, each old pixel weighted by
 * how much of it lies inside: nothing is skipped, so nothing aliases (where the factor is whole,
 * that is Pillow's BOX filter). An enlargement interpolates linearly between the centres of the
 * pixels.
 */
export function resizePicture(picture: Picture, height: number, width: number): Picture {
  const { channels, pixels } = picture;
  if (picture.width === width && picture.height === height) return picture;
  const scale = Math.min(picture.width / width, picture.height / height);
  const columns = spans(picture.width, Math.max(1, Math.round(scale * width)), width);
  const rows = spans(picture.height, Math.max(1, Math.round(scale * height)), height);
  const top = rows[0]!.first;
  const last = rows.at(-1)!;
  const narrow = new Float64Array((last.first + last.shares.length - top) * width * channels);
  let at = 0;
  for (let row = top; row < last.first + last.shares.length; row++)
    for (const { first, shares } of columns)
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        let from = (row * picture.width + first) * channels + channel;
        for (let i = 0; i < shares.length; i++, from += channels) sum += shares[i]! * pixels[from]!;
        narrow[at++] = sum;
      }
  const resized = new Uint8Array(height * width * channels);
  const rowLength = width * channels;
  rows.forEach(({ first, shares }, row) => {
    for (let i = 0; i < rowLength; i++) {
      let sum = 0;
      for (let j = 0; j < shares.length; j++) sum += shares[j]! * narrow[(first - top + j) * rowLength + i]!;
      resized[row * rowLength + i] = Math.round(sum);
    }
  });
  return { width, height, channels, pixels: resized };
}

/**
 * What each of `count` new pixels is made of, where they lie side by side over the middle `used` of
 * `all` old ones.
 */
function spans(all: number, used: number, count: number): Span[] {
  const start = Math.floor((all - used) / 2);
  return Array.from({ length: count }, (_, i) => {
    const { first, shares } =
      used >= count
        ? area((i * used) / count, ((i + 1) * used) / count)
        : between(((i + 0.5) * used) / count, used);
    return { first: start + first, shares };
  });
}

/** The old pixels that the interval touches, each with its share of the interval. */
function area(from: number, to: number): Span {
  const first = Math.floor(from);
  const shares: number[] = [];
  for (let i = first; i < to; i++) shares.push((Math.min(to, i + 1) - Math.max(from, i)) / (to - from));
  return { first, shares };
}

/** The two old pixels whose centres enclose the position, or the one at the edge. */
function between(place: number, used: number): Span {
  const first = Math.floor(place - 0.5);
  if (first < 0) return { first: 0, shares: [1] };
  const share = place - 0.5 - first;
  return first + 1 < used ? { first, shares: [1 - share, share] } : { first, shares: [1] };
}

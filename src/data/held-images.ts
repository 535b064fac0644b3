import { given } from '../base/index.ts';
import { Value } from '../engine/index.ts';
import type { Dataset, ExampleBatch } from './dataset.ts';
import { heldFingerprint } from './fingerprint.ts';
import { checkIndices } from './indices.ts';

/** Images in memory, one byte a channel. */
export interface HeldImagesForm {
  readonly name: string;
  /** [height, width, channels]. */
  readonly shape: readonly [number, number, number];
  /** NHWC, 0 to 255. */
  readonly pixels: Uint8Array;
  /** The class of each image, below the number of classes. */
  readonly labels?: Int32Array;
  readonly classes?: readonly string[];
  /** Only this many images: the first ones. */
  readonly limit?: number | undefined;
}

/**
 * A dataset of images that are held as bytes and become float32 in [-1, 1] as they are read: pixel
 * / 127.5 - 1.
 */
export function heldImages({ name, shape, limit = Infinity, classes, ...all }: HeldImagesForm): Dataset {
  const bytesEach = shape[0] * shape[1] * shape[2];
  const size = Math.min(all.pixels.length / bytesEach, limit);
  const pixels = all.pixels.subarray(0, size * bytesEach);
  const labels = all.labels?.subarray(0, size);

  function read(indices: ArrayLike<number>): ExampleBatch {
    checkIndices(name, indices, size);
    const data = new Float32Array(indices.length * bytesEach);
    let at = 0;
    for (let i = 0; i < indices.length; i++) {
      const start = indices[i]! * bytesEach;
      for (let j = start; j < start + bytesEach; j++) data[at++] = pixels[j]! / 127.5 - 1;
    }
    const examples = new Value('float32', [indices.length, ...shape], data);
    if (labels === undefined) return { examples };
    return {
      examples,
      labels: new Value(
        'int32',
        [indices.length],
        Int32Array.from(indices, (i) => labels[i]!),
      ),
    };
  }

  const labelBytes = labels && new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength);
  return {
    name,
    kind: 'images',
    size,
    shape,
    ...(labels !== undefined && given({ classes, labelOf: (index: number) => labels[index]! })),
    fingerprint: heldFingerprint({ shape, size }, pixels, ...(labelBytes ? [labelBytes] : [])),
    read,
  };
}

import { show, wholeNumber } from '../base/index.ts';
import { fillBits, keyOf, Value } from '../engine/index.ts';
import type { Dataset, ExampleBatch } from './dataset.ts';
import { background, drawScene } from './draw-scene.ts';
import { madeFingerprint } from './fingerprint.ts';
import { checkIndices } from './indices.ts';
import { type ShapeScene, sceneConstants, sceneOf, shapeNames, wordsPerScene } from './scene.ts';

/** How large the images are, and which of them. */
export interface ShapesOptions {
  /** Pixels along each side: 16, 32 (the default) or 64. */
  readonly side?: 16 | 32 | 64;
  readonly seed?: number;
}

/** A dataset with a sentence about each example. */
export interface Captioned extends Dataset {
  /** The captions of the examples at the indices, in that order. */
  captions(indices: ArrayLike<number>): string[];
}

/**
 * Endless images of one coloured shape on a dark ground: eight shapes (the classes), eight colours,
 * three sizes and nine places, each a little varied. Shape [side, side, 3]. Example i is a pure
 * function of (seed, i), and shows the same scene at every side. Captions are such as `a large red
 * circle at the left`.
 */
export function shapes({ side = 32, seed = 0 }: ShapesOptions = {}): Captioned {
  if (![16, 32, 64].includes(side)) throw new RangeError(`side: expected 16, 32 or 64, got ${show(side)}`);
  const name = side === 32 ? 'shapes' : `shapes:${side}`;
  const key = keyOf(wholeNumber('seed', seed), 'data/shapes');

  function scenes(indices: ArrayLike<number>): ShapeScene[] {
    checkIndices(name, indices, Infinity);
    const words = new Uint32Array(wordsPerScene);
    return Array.from(indices, (index) => {
      fillBits(key, words, wordsPerScene * index);
      return sceneOf(words);
    });
  }

  function read(indices: ArrayLike<number>): ExampleBatch {
    const shown = scenes(indices);
    const pixels = new Float32Array(shown.length * side * side * 3);
    shown.forEach((scene, i) => {
      drawScene(scene, side, pixels, i * side * side * 3);
    });
    return {
      examples: new Value('float32', [shown.length, side, side, 3], pixels),
      labels: new Value(
        'int32',
        [shown.length],
        Int32Array.from(shown, ({ shape }) => shapeNames.indexOf(shape)),
      ),
    };
  }

  return {
    name,
    kind: 'images',
    size: Infinity,
    shape: [side, side, 3],
    classes: shapeNames,
    fingerprint: madeFingerprint(name, 1, seed, { side, background, ...sceneConstants }),
    read,
    captions: (indices) => scenes(indices).map(({ caption }) => caption),
  };
}

import { finiteNumber, show, wholeNumber } from '../base/index.ts';
import { fillBits, keyOf, Value } from '../engine/index.ts';
import type { Dataset, ExampleBatch } from './dataset.ts';
import { drawSolid, type SolidScene, sceneLight, solids } from './draw-solid.ts';
import { madeFingerprint } from './fingerprint.ts';
import { checkIndices } from './indices.ts';

/** How large the images are, and which of them. */
export interface ScenesOptions {
  /** Pixels along each side: 16, 32 (the default) or 64. */
  readonly side?: 16 | 32 | 64;
  readonly seed?: number;
  /**
   * The grey of every solid, 0 to 1: the image is then determined by the normals. @default a colour
   * of each, U(0.3, 1) a channel
   */
  readonly albedo?: number;
}

/** The solids by label. */
const solidNames = Object.keys(solids) as (keyof typeof solids)[];
const drawsPerScene = 8;
const wall = 0.5;
const radii = [0.22, 0.38] as const;

/**
 * Endless images of one solid (the classes: sphere, cylinder, pyramid, torus) on a grey wall, lit
 * from one side, at a random place, size and turn. Shape [side, side, 3]: albedo times 0.25 + 0.75
 * max(0, <normal, light>). Example i is a pure function of (seed, i). Parts of a batch: `normals`,
 * [side, side, 3], the true normals of what is seen (to the right, upwards, towards the viewer),
 * and `mask`, [side, side, 1], 1 on the solid.
 */
export function scenes({ side = 32, seed = 0, albedo }: ScenesOptions = {}): Dataset {
  if (![16, 32, 64].includes(side)) throw new RangeError(`side: expected 16, 32 or 64, got ${show(side)}`);
  if (albedo !== undefined) finiteNumber('albedo', albedo, 0, 1);
  const name = `scenes${side === 32 ? '' : `:${side}`}${albedo === undefined ? '' : ', one albedo'}`;
  const key = keyOf(wholeNumber('seed', seed), 'data/scenes');
  const pixels = side * side;

  function sceneAt(index: number): SolidScene {
    const words = new Uint32Array(drawsPerScene);
    fillBits(key, words, drawsPerScene * index);
    const between = (word: number, low: number, high: number) =>
      low + (words[word]! / 2 ** 32) * (high - low);
    const radius = between(1, radii[0], radii[1]);
    const colour = [5, 6, 7].map((word) => albedo ?? between(word, 0.3, 1));
    return {
      solid: solidNames[Math.floor(between(0, 0, solidNames.length))]!,
      x: between(2, radius, 1 - radius),
      y: between(3, radius, 1 - radius),
      radius,
      rotation: between(4, 0, 2 * Math.PI),
      albedo: colour as [number, number, number],
      wall,
    };
  }

  function read(indices: ArrayLike<number>): ExampleBatch {
    const shown = Array.from(checkIndices(name, indices, Infinity), sceneAt);
    const count = shown.length;
    const [image, normals] = [new Float32Array(count * pixels * 3), new Float32Array(count * pixels * 3)];
    const mask = new Float32Array(count * pixels);
    shown.forEach((scene, i) => {
      drawSolid(scene, side, {
        image: image.subarray(3 * pixels * i),
        normals: normals.subarray(3 * pixels * i),
        mask: mask.subarray(pixels * i),
      });
    });
    const labels = Int32Array.from(shown, ({ solid }) => solidNames.indexOf(solid));
    return {
      examples: new Value('float32', [count, side, side, 3], image),
      labels: new Value('int32', [count], labels),
      parts: {
        normals: new Value('float32', [count, side, side, 3], normals),
        mask: new Value('float32', [count, side, side, 1], mask),
      },
    };
  }

  return {
    name,
    kind: 'images',
    size: Infinity,
    shape: [side, side, 3],
    classes: solidNames,
    parts: { normals: [side, side, 3], mask: [side, side, 1] },
    fingerprint: madeFingerprint(name, 1, seed, { side, sceneLight, solidNames, radii, wall, albedo }),
    read,
  };
}

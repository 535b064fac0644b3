import { show, wholeNumber } from '../base/index.ts';
import { fillBits, fold, keyOf, Value } from '../engine/index.ts';
import type { Captioned } from './captioned.ts';
import type { ExampleBatch } from './dataset.ts';
import { background, drawScene } from './draw-scene.ts';
import { madeFingerprint } from './fingerprint.ts';
import { checkIndices } from './indices.ts';
import {
  type SceneRule,
  type ShapeScene,
  sceneConstants,
  sceneOf,
  sceneWords,
  shapeNames,
  wordsPerScene,
} from './scene.ts';
import { words } from './words.ts';

/** How large the images are, and which of them. */
export interface ShapesOptions {
  /** Pixels along each side: 16, 32 (the default) or 64. */
  readonly side?: 16 | 32 | 64;
  readonly seed?: number;
  /** Scenes of this rule are not shown: others are drawn in their place. @default none */
  readonly without?: SceneRule;
  /** Only scenes of this rule are shown. @default all */
  readonly only?: SceneRule;
}

/** Images of `shapes`, with their scenes. */
export interface Shapes extends Captioned {
  scenes(indices: ArrayLike<number>): ShapeScene[];
}

/** After so many draws that are not allowed, a rule is taken for one that allows none. */
const mostAttempts = 1_000;
const tokeniser = words(sceneWords, 8);

/**
 * Endless images of one coloured shape on a dark ground: eight shapes (the classes), eight colours,
 * three sizes and nine places, each a little varied. Shape [side, side, 3]. Example i is a pure
 * function of (seed, i), and shows the same scene at every side. Captions are such as `a large red
 * circle at the left`: 28 words, 8 at most, of which a batch has the `tokens`, int32 [count, 8].
 */
export function shapes({ side = 32, seed = 0, without, only }: ShapesOptions = {}): Shapes {
  if (![16, 32, 64].includes(side)) throw new RangeError(`side: expected 16, 32 or 64, got ${show(side)}`);
  const plain = side === 32 ? 'shapes' : `shapes:${side}`;
  const rule = [without && `without ${without.name}`, only && `only ${only.name}`].filter(Boolean).join(', ');
  const name = rule === '' ? plain : `${plain}, ${rule}`;
  const key = keyOf(wholeNumber('seed', seed), 'data/shapes');
  const allowed = ({ attributes }: ShapeScene) =>
    without?.holds(attributes) !== true && only?.holds(attributes) !== false;

  function sceneAt(index: number): ShapeScene {
    const drawn = new Uint32Array(wordsPerScene);
    fillBits(key, drawn, wordsPerScene * index);
    let scene = sceneOf(drawn);
    for (let attempt = 1; !allowed(scene); attempt++) {
      if (attempt === mostAttempts)
        throw new RangeError(`${name}: expected a rule that allows scenes, got none in ${attempt} draws`);
      fillBits(fold(fold(key, index), attempt), drawn);
      scene = sceneOf(drawn);
    }
    return scene;
  }

  function scenes(indices: ArrayLike<number>): ShapeScene[] {
    return Array.from(checkIndices(name, indices, Infinity), sceneAt);
  }

  function read(indices: ArrayLike<number>): ExampleBatch {
    const shown = scenes(indices);
    const count = shown.length;
    const pixels = new Float32Array(count * side * side * 3);
    const tokens = new Int32Array(count * tokeniser.length);
    shown.forEach((scene, i) => {
      drawScene(scene, side, pixels, i * side * side * 3);
      tokens.set(tokeniser.encode(scene.caption), i * tokeniser.length);
    });
    const labels = Int32Array.from(shown, ({ attributes }) => attributes.shape);
    return {
      examples: new Value('float32', [count, side, side, 3], pixels),
      labels: new Value('int32', [count], labels),
      parts: { tokens: new Value('int32', [count, tokeniser.length], tokens) },
    };
  }

  return {
    name,
    kind: 'images',
    size: Infinity,
    shape: [side, side, 3],
    classes: shapeNames,
    parts: { tokens: [tokeniser.length] },
    tokeniser,
    fingerprint: madeFingerprint(name, 1, seed, { side, background, ...sceneConstants }),
    read,
    scenes,
    captions: (indices) => scenes(indices).map(({ caption }) => caption),
  };
}

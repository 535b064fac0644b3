import { given, wholeNumber } from '../base/index.ts';
import { fillBits, keyOf, Value } from '../engine/index.ts';
import type { Dataset, ExampleBatch } from './dataset.ts';
import { madeFingerprint } from './fingerprint.ts';
import { checkIndices } from './indices.ts';

/** What made points are: everything but the rule that places them. */
export interface PointsForm {
  readonly name: string;
  /** Raised when the rule changes, so that old checkpoints know. */
  readonly version: number;
  readonly seed: number;
  /** Every number that the rule uses: part of the fingerprint. */
  readonly constants: unknown;
  readonly classes?: readonly string[];
}

/**
 * Writes one point to `out[at]` and `out[at + 1]` and gives its class (any number where there are
 * none), from a uniform number in [0, 1) and two independent N(0, 1) ones.
 */
export type PlacePoint = (
  uniform: number,
  normalX: number,
  normalY: number,
  out: Float32Array,
  at: number,
) => number;

const wordsPerPoint = 4;

/** An endless dataset of points in the plane. Point i is a pure function of (seed, i). */
export function madePoints(form: PointsForm, place: PlacePoint): Dataset {
  const { name, version, classes } = form;
  const seed = wholeNumber('seed', form.seed);
  const key = keyOf(seed, `data/${name}`);

  function read(indices: ArrayLike<number>): ExampleBatch {
    checkIndices(name, indices, Infinity);
    const points = new Float32Array(2 * indices.length);
    const labels = new Int32Array(indices.length);
    const bits = new Uint32Array(wordsPerPoint);
    for (let i = 0; i < indices.length; i++) {
      fillBits(key, bits, wordsPerPoint * indices[i]!);
      // Box and Muller; the first word is kept off zero for the logarithm's sake.
      const radius = Math.sqrt(-2 * Math.log((bits[0]! + 1) / 2 ** 32));
      const angle = (2 * Math.PI * bits[1]!) / 2 ** 32;
      labels[i] = place(
        bits[2]! / 2 ** 32,
        radius * Math.cos(angle),
        radius * Math.sin(angle),
        points,
        2 * i,
      );
    }
    const examples = new Value('float32', [indices.length, 2], points);
    return classes === undefined
      ? { examples }
      : { examples, labels: new Value('int32', [labels.length], labels) };
  }

  return {
    name,
    kind: 'points',
    size: Infinity,
    shape: [2],
    ...given({ classes }),
    fingerprint: madeFingerprint(name, version, seed, form.constants),
    read,
  };
}

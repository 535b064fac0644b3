import { wholeNumber } from '../../base/index.ts';
import { type Key, Value } from '../../engine/index.ts';
import type { Batch } from '../system.ts';

/**
 * The condition of each example: vectors, [count, size], which all conditional layers of both
 * networks receive.
 */
export interface Conditioning {
  readonly size: number;
  /**
   * The conditions of a batch: those of its real examples, and as many to ask the generator for.
   */
  of(batch: Batch): Value;
  /** Conditions to draw samples `first` (0 by default) and on for. */
  draw(count: number, key: Key, first?: number): Value;
  /** The condition of a class, `count` times. Absent where conditions are no classes. */
  ofClass?(label: number, count: number): Value;
}

/** Classes as one-hot vectors. @throws RangeError for a label that is none of them */
export function oneHot(labels: ArrayLike<number>, classes: number): Value {
  const hot = new Float32Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new RangeError(`labels: expected whole numbers from 0 to ${classes - 1}, got ${label}`);
    hot[i * classes + label] = 1;
  }
  return new Value('float32', [labels.length, classes], hot);
}

/**
 * Conditioning on the class of an example. Samples are drawn of all classes in turn: sample i is of
 * class i modulo the classes.
 * @throws RangeError for a number of classes below 2; while training, for a batch without labels
 */
export function byLabel(classes: number): Conditioning {
  wholeNumber('byLabel: classes', classes, 2);
  return {
    size: classes,
    of({ labels }) {
      if (labels === undefined) throw new RangeError('byLabel: expected batches with labels, got none');
      return oneHot(labels.data, classes);
    },
    draw: (count, _key, first = 0) =>
      oneHot(
        Array.from({ length: count }, (_, i) => (first + i) % classes),
        classes,
      ),
    ofClass: (label, count) => oneHot(new Array<number>(count).fill(label), classes),
  };
}

import { map, type OperatorFunction } from 'rxjs';
import { wholeNumber } from '../../base/index.ts';
import { fold, type Key, permutation } from '../../engine/index.ts';
import type { Numbered } from '../../streams/index.ts';
import type { Rollout } from './rollout.ts';

/** A rollout, and how it is cut into minibatches. */
export interface Minibatched<R extends Rollout> {
  readonly rollout: R;
  /** The rows of one minibatch after the other, a pure function of the key. */
  minibatches(key: Key): Iterable<Uint32Array>;
}

/** How often a rollout is gone through, and in what portions. */
export interface MinibatchOptions {
  readonly epochs: number;
  /** Rows of a minibatch. */
  readonly size: number;
}

/**
 * Cuts every rollout into minibatches: all its rows in random order, as often as there are epochs.
 * @throws RangeError for no epochs or an empty minibatch; in the stream when the rows do not come
 * out even
 */
export function minibatched<R extends Rollout>({
  epochs,
  size,
}: MinibatchOptions): OperatorFunction<Numbered<R>, Numbered<Minibatched<R>>> {
  wholeNumber('minibatched: epochs', epochs, 1);
  wholeNumber('minibatched: size', size, 1);
  return map(({ index, batch: rollout }) => {
    const rows = rollout.rewards.length;
    if (rows % size !== 0)
      throw new RangeError(
        `minibatched: expected a size that divides the ${rows} rows of a rollout, got ${size}`,
      );
    return { index, batch: { rollout, minibatches: (key) => portions(rows, epochs, size, key) } };
  });
}

function* portions(rows: number, epochs: number, size: number, key: Key): Generator<Uint32Array> {
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = permutation(fold(key, epoch), rows);
    for (let at = 0; at < rows; at += size) yield order.subarray(at, at + size);
  }
}

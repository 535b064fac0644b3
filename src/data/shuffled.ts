import { wholeNumber } from '../base/index.ts';
import { fold, keyOf } from '../engine/index.ts';
import type { Numbered } from '../streams/index.ts';
import type { Dataset, ExampleBatch } from './dataset.ts';
import { epochOrder } from './epoch-order.ts';

/** How many examples a batch holds, in which order, and where to begin. */
export interface ShuffledOptions {
  /** Examples in a batch, from 1 to the size of the dataset. */
  readonly size: number;
  readonly seed?: number;
  /** The index of the first batch: 0, or the next one after a checkpoint. */
  readonly start?: number;
}

/**
 * An endless sequence of numbered batches. The batch at index k is a pure function of (dataset,
 * size, seed, k), so its position is one integer, and going on at any index costs one permutation
 * at most.
 *
 * Every epoch has its own random order, and each example comes exactly once in it. A batch at the
 * end of an epoch is filled up with the first examples of the next one, so every batch is full and
 * nothing is dropped. An endless dataset is read in order: batch k holds the examples from k *
 * size, which are random already.
 * @throws RangeError when the dataset is smaller than a batch
 */
export function shuffled(dataset: Dataset, options: ShuffledOptions): Iterable<Numbered<ExampleBatch>> {
  const requests = batchRequests(dataset, options);
  return {
    *[Symbol.iterator]() {
      for (const { index, numbers, positions } of requests)
        yield { index, batch: dataset.read(numbers, positions) };
    },
  };
}

/** Which examples a batch is made of. */
export interface BatchRequest {
  readonly index: number;
  /** The examples. */
  readonly numbers: readonly number[];
  /** Where each stands in the sequence of all that are read. */
  readonly positions: readonly number[];
}

/** What `shuffled` reads, batch by batch. @throws as it does */
export function batchRequests(dataset: Dataset, options: ShuffledOptions): Iterable<BatchRequest> {
  const { seed = 0, start = 0 } = options;
  const size = wholeNumber('size', options.size, 1);
  wholeNumber('seed', seed);
  wholeNumber('start', start, 0, Math.floor(Number.MAX_SAFE_INTEGER / size) - 1);
  if (dataset.size < size)
    throw new RangeError(
      `size: expected a batch no larger than the dataset, and ${dataset.name} has ${dataset.size} examples, got ${size}`,
    );
  return {
    *[Symbol.iterator]() {
      const numberAt = dataset.size === Infinity ? (position: number) => position : shuffle(dataset, seed);
      for (let index = start; ; index++) {
        const positions = Array.from({ length: size }, (_, i) => index * size + i);
        yield { index, numbers: positions.map(numberAt), positions };
      }
    },
  };
}

/**
 * The example at each position of the endless sequence of epochs. Holds the order of one epoch at a
 * time.
 */
function shuffle(dataset: Dataset, seed: number): (position: number) => number {
  const key = keyOf(seed, 'data/shuffled');
  let epoch = -1;
  let order: (position: number) => number;
  return (position) => {
    const wanted = Math.floor(position / dataset.size);
    if (wanted !== epoch) {
      epoch = wanted;
      order = epochOrder(dataset, fold(key, epoch));
    }
    return order(position % dataset.size);
  };
}

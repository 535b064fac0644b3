import { show } from '../base/index.ts';
import { keyOf, permutation } from '../engine/index.ts';
import type { Dataset } from './dataset.ts';
import { subset } from './subset.ts';

/**
 * A dataset without the examples that are held out of training (`train`), or these (`test`). They
 * are a random share, the same for every seed and process, and keep their order.
 * @param share of the examples to hold out, above 0 and below 1
 * @throws RangeError for another share, one that leaves a part empty, or data without an end
 */
export function heldOut(dataset: Dataset, share: number, split: 'train' | 'test'): Dataset {
  const { size } = dataset;
  if (!(share > 0 && share < 1))
    throw new RangeError(`held-out: expected a share above 0 and below 1, got ${show(share)}`);
  if (size === Infinity)
    throw new RangeError(`held-out: expected data with an end, got ${dataset.name}, which has none`);
  const count = Math.round(share * size);
  if (count < 1 || count >= size)
    throw new RangeError(
      `held-out: expected a share that leaves examples in both parts, got ${share} of ${size}`,
    );
  const order = permutation(keyOf(0, 'data/held-out'), size);
  const numbers = (split === 'test' ? order.subarray(0, count) : order.subarray(count)).slice().sort();
  return subset(dataset, numbers, {
    name: `${dataset.name},held-out=${share}`,
    fingerprint: `held-out=${share}:${split}:${dataset.fingerprint}`,
  });
}

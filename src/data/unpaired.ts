import { wholeNumber } from '../base/index.ts';
import { fold, integer, keyOf, permutation } from '../engine/index.ts';
import type { Dataset } from './dataset.ts';

/** Of an endless dataset, examples below this are taken beside those of the other. */
const mostEndless = 2 ** 31;

/**
 * Two datasets side by side, for learning from one to the other without pairs: the examples are
 * those of `a`, and the part `other` of each is an example of `b` in an order of its own. Example i
 * lies beside example pi(i modulo the size of `b`), pi being a permutation by (seed, `b`); beside
 * an endless `b`, one that is drawn by (seed, i). So all of `b` is seen where `a` is not smaller;
 * the larger set belongs first.
 * @param options.seed of the order
 */
export function unpaired(a: Dataset, b: Dataset, { seed = 0 }: { readonly seed?: number } = {}): Dataset {
  const key = keyOf(wholeNumber('seed', seed), 'data/unpaired');
  const order = b.size === Infinity ? undefined : permutation(key, b.size);
  const partner = (index: number) =>
    order === undefined ? integer(fold(key, index), mostEndless) : order[index % b.size]!;
  return {
    name: `unpaired:${a.name}+${b.name}`,
    kind: a.kind,
    size: a.size,
    shape: a.shape,
    ...(a.classes && { classes: a.classes }),
    parts: { ...a.parts, other: b.shape },
    fingerprint: `unpaired:seed=${seed}:${a.fingerprint}+${b.fingerprint}`,
    read(indices, positions = indices) {
      const batch = a.read(indices, positions);
      const { examples: other } = b.read(Array.from(indices, partner), positions);
      return { ...batch, parts: { ...batch.parts, other } };
    },
  };
}

import { fold, type Key, permutation } from '../engine/index.ts';
import type { DatasetOrder } from './dataset.ts';

/** Examples that are shuffled among each other: their order takes 256 KiB. */
const windowSize = 65_536;

/**
 * Orders of examples in shards that read a few shards at a time: the shards follow each other in a
 * random order, and of that sequence each 65,536 examples are shuffled among each other. Memory is
 * that of one such order and of a number for each shard, however many examples there are.
 * @param sizes examples of each shard
 */
export function shardOrder(sizes: readonly number[], window = windowSize): DatasetOrder {
  const size = sizes.reduce((sum, count) => sum + count, 0);
  const firsts: number[] = [];
  sizes.reduce((sum, count) => {
    firsts.push(sum);
    return sum + count;
  }, 0);
  return {
    size,
    of(key: Key) {
      const order = Array.from(permutation(fold(key, 'shards'), sizes.length));
      const ends: number[] = [];
      order.reduce((sum, shard) => {
        ends.push(sum + sizes[shard]!);
        return sum + sizes[shard]!;
      }, 0);
      const windows = fold(key, 'windows');
      let held = -1;
      let places: Uint32Array;
      return (position) => {
        const number = Math.floor(position / window);
        if (number !== held) {
          held = number;
          places = permutation(fold(windows, number), Math.min(window, size - number * window));
        }
        const place = number * window + places[position % window]!;
        let [low, high] = [0, ends.length - 1];
        while (low < high) {
          const middle = (low + high) >> 1;
          if (ends[middle]! > place) high = middle;
          else low = middle + 1;
        }
        const shard = order[low]!;
        return firsts[shard]! + place - (ends[low]! - sizes[shard]!);
      };
    },
  };
}

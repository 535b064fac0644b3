import type { Key, Value } from '../../engine/index.ts';

/** What examples are made from: images beside those of the data. */
export interface Sources {
  /** The part of a batch that holds them. */
  readonly part: string;
  /** The shape of one of them. */
  readonly shape: readonly number[];
  /** Some of them to draw samples for, [count, ...shape]. */
  draw(count: number, key: Key): Value;
}

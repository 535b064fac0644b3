import type { Key, Value } from '../engine/index.ts';

/** Some examples of a dataset, ready for an engine. */
export interface ExampleBatch {
  /** float32, [count, ...shape]. Images are NHWC in [-1, 1]. */
  readonly examples: Value;
  /** int32, [count]: the class of each example, where the dataset has classes. */
  readonly labels?: Value;
  /** What belongs to each example, [count, ...shape] by name, as `Dataset.parts` lists it. */
  readonly parts?: Readonly<Record<string, Value>>;
}

/** Examples addressed by index. The same index always gives the same example. */
export interface Dataset {
  /** What the command line calls it: `grid25`, `idx:fashion-mnist`. */
  readonly name: string;
  readonly kind: 'points' | 'images';
  /** The number of examples; Infinity where they are made by index and never end. */
  readonly size: number;
  /** The shape of one example: [2] for points, [height, width, channels] for images. */
  readonly shape: readonly number[];
  /** The names of the classes, by label. */
  readonly classes?: readonly string[];
  /**
   * What `read` gives beside each example, by name, with its shape for one example: the `tokens` of
   * its caption, the `other` image of a pair.
   */
  readonly parts?: Readonly<Record<string, readonly number[]>>;
  /** Identifies the content: it goes into checkpoints and is compared on resume. */
  readonly fingerprint: string;
  /**
   * The examples at the indices, in that order.
   * @param positions where each stands in the sequence of all that are read, which decides what is
   * drawn for each reading, such as an augmentation. @default the indices
   */
  read(indices: ArrayLike<number>, positions?: ArrayLike<number>): ExampleBatch;
  /**
   * The order of an epoch that suits the files, where a random one of all examples does not.
   */
  readonly order?: DatasetOrder;
  /** The class of an example, where it is known without reading the example. */
  labelOf?(index: number): number;
  /** The file that holds an example, where each has one: named when reading it fails. */
  fileOf?(index: number): string;
}

/** Orders of the examples 0 to `size` - 1. */
export interface DatasetOrder {
  /** That of the dataset: a part of it has no use for these orders. */
  readonly size: number;
  /** The example at each position of an epoch, by the key of the epoch; each comes once. */
  of(key: Key): (position: number) => number;
}

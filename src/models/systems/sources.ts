import { type Key, sizeOf, Value } from '../../engine/index.ts';

/** What examples are made from: images beside those of the data. */
export interface Sources {
  /** The part of a batch that holds them. */
  readonly part: string;
  /** The shape of one of them. */
  readonly shape: readonly number[];
  /** Some of them to draw samples `first` (0 by default) and on for, [count, ...shape]. */
  draw(count: number, key: Key, first?: number): Value;
}

/**
 * One image as the source of so many samples, [count, ...shape]; a grey one is taken for a coloured
 * one. @throws RangeError for another shape
 */
export function repeatedSource(shape: readonly number[], source: Value, count: number): Value {
  const sides = (of: readonly number[]) => of.slice(0, -1).join();
  const [channels, wanted] = [source.shape.at(-1)!, shape.at(-1)!];
  if (sides(source.shape) !== sides(shape) || (channels !== wanted && channels !== 1))
    throw new RangeError(`source: expected an image of [${shape}], got [${source.shape}]`);
  const each = sizeOf(shape);
  const data = new Float32Array(count * each);
  for (let i = 0; i < data.length; i++)
    data[i] = source.data[channels === wanted ? i % each : Math.floor((i % each) / wanted)]!;
  return new Value('float32', [count, ...shape], data);
}

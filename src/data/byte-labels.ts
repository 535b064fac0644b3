import { DataError } from './errors.ts';

/** What the labels of a file must fit. */
export interface LabelRules {
  /** Where the labels start in the file. */
  readonly offset: number;
  /** The number of images. */
  readonly count: number;
  /** The names of the classes by label; `0`, `1`, ... up to the highest label without it. */
  readonly classes?: readonly string[] | undefined;
}

/**
 * Labels of one byte each, one for each image, and the names of their classes.
 * @throws DataError naming `file`, the offset and the rule
 */
export function byteLabels(file: string, bytes: Uint8Array, { offset, count, classes }: LabelRules) {
  if (bytes.length !== count) {
    const rule = `expected ${count} labels, one for each image, got ${bytes.length}`;
    throw new DataError(file, offset + Math.min(bytes.length, count), rule);
  }
  const highest = bytes.reduce((high, label) => Math.max(high, label), 0);
  if (classes !== undefined && highest >= classes.length) {
    const rule = `expected a label from 0 to ${classes.length - 1}, got ${highest}`;
    throw new DataError(file, offset + bytes.indexOf(highest), rule);
  }
  return {
    labels: Int32Array.from(bytes),
    classes: classes ?? Array.from({ length: highest + 1 }, (_, label) => String(label)),
  };
}

import * as tf from '@tensorflow/tfjs-core';

/**
 * Calls `work` at most once in the process and returns its first result. The mark is stored on the
 * engine of TensorFlow.js, so that copies of this module share it.
 */
export function once<T>(name: string, work: () => T): T {
  const marks = tf.engine() as unknown as Record<symbol, { readonly result: T } | undefined>;
  const mark = Symbol.for(`weir.${name}`);
  marks[mark] ??= { result: work() };
  return marks[mark].result;
}

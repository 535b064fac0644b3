import * as tf from '@tensorflow/tfjs-core';

/**
 * Does something to TensorFlow.js, of which a process has one, at most once in the process, and
 * gives back what came of it the first time. It holds across copies of this module too: the mark is
 * on TensorFlow.js itself.
 */
export function once<T>(name: string, work: () => T): T {
  const marks = tf.engine() as unknown as Record<symbol, { readonly result: T } | undefined>;
  const mark = Symbol.for(`weir.${name}`);
  marks[mark] ??= { result: work() };
  return marks[mark].result;
}

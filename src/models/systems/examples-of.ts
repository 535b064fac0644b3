import type { Value } from '../../engine/index.ts';
import type { Batch } from '../system.ts';

/**
 * The examples of a batch and their number. @throws RangeError when they are not of the shape that
 * the system makes
 */
export function examplesOf(
  name: string,
  { examples }: Batch,
  shape: readonly number[],
): { readonly examples: Value; readonly count: number } {
  const [count = 0, ...example] = examples.shape;
  if (example.join() === shape.join()) return { examples, count };
  throw new RangeError(
    `${name}: expected examples of [${shape}], as the generator makes them, got [${example}]`,
  );
}

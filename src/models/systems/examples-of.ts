import type { Value } from '../../engine/index.ts';
import type { Batch } from '../system.ts';

/**
 * The examples of a batch, their number, and the parts that the system asks for.
 * @param wanted by name, the shape of a part for one example
 * @throws RangeError when the examples are not of the shape that the system makes, or a part is
 * missing or of another shape
 */
export function examplesOf<Part extends string = never>(
  name: string,
  { examples, parts = {} }: Batch,
  shape: readonly number[],
  wanted: Readonly<Record<Part, readonly number[]>> = {} as Record<Part, readonly number[]>,
): {
  readonly examples: Value;
  readonly count: number;
  readonly parts: Readonly<Record<Part, Value>>;
} {
  const [count = 0, ...example] = examples.shape;
  if (example.join() !== shape.join())
    throw new RangeError(
      `${name}: expected examples of [${shape}], as the generator makes them, got [${example}]`,
    );
  for (const [part, own] of Object.entries<readonly number[]>(wanted)) {
    const expected = [count, ...own];
    const given = parts[part]?.shape;
    if (given?.join() !== expected.join())
      throw new RangeError(
        `${name}: expected batches with ${part} of [${expected}], got ${given ? `[${given}]` : 'none'}`,
      );
  }
  return { examples, count, parts: parts as Record<Part, Value> };
}

import { type Tree, Value } from '../engine/index.ts';

/**
 * Inputs of a program with the learning rate, which by convention is the input `rate`, multiplied
 * with a factor.
 */
export function slowed(inputs: Tree<Value>, factor: number): Tree<Value> {
  const { rate } = inputs as { readonly rate?: Value };
  if (factor === 1 || rate === undefined) return inputs;
  return { ...(inputs as Record<string, Value>), rate: Value.scalar(rate.data[0]! * factor) };
}

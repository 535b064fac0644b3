import { type Program, type Tree, Value } from '../engine/index.ts';

/** The inputs of a program with its learning rate multiplied; as they are where it has none. */
export function withRateFactor(program: Program, inputs: Tree<Value>, factor: number): Tree<Value> {
  const { learningRate } = program;
  if (factor === 1 || learningRate === undefined) return inputs;
  const rate = inputs[learningRate] as Value;
  return { ...inputs, [learningRate]: Value.scalar(rate.data[0]! * factor) };
}

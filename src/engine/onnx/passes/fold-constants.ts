import { type DType, sizeOf } from '../../value.ts';
import { filled } from '../build.ts';
import type { Graph, Node } from '../graph.ts';
import { rewrite } from './rewrite.ts';

/** The arithmetic of single numbers, for operations whose inputs are uniform. */
const scalar: Readonly<Record<string, (...values: number[]) => number>> = {
  Add: (a, b) => a! + b!,
  Sub: (a, b) => a! - b!,
  Mul: (a, b) => a! * b!,
  Div: (a, b) => a! / b!,
  Pow: (a, b) => a! ** b!,
  Max: (a, b) => Math.max(a!, b!),
  Min: (a, b) => Math.min(a!, b!),
  Neg: (a) => -a!,
  Abs: (a) => Math.abs(a!),
  Sign: (a) => Math.sign(a!),
  Sqrt: (a) => Math.sqrt(a!),
  Exp: (a) => Math.exp(a!),
  Log: (a) => Math.log(a!),
  Tanh: (a) => Math.tanh(a!),
  Sigmoid: (a) => 1 / (1 + Math.exp(-a!)),
  Relu: (a) => Math.max(a!, 0),
  Step: (a) => Number(a! > 0),
  Floor: (a) => Math.floor(a!),
  Ceil: (a) => Math.ceil(a!),
  Cast: (a) => a!,
  Less: (a, b) => Number(a! < b!),
  LessOrEqual: (a, b) => Number(a! <= b!),
  GreaterOrEqual: (a, b) => Number(a! >= b!),
  Equal: (a, b) => Number(a! === b!),
  Not: (a) => Number(a! === 0),
  And: (a, b) => Number(a! !== 0 && b! !== 0),
  Or: (a, b) => Number(a! !== 0 || b! !== 0),
  Where: (condition, yes, no) => (condition! !== 0 ? yes! : no!),
};

/**
 * Operations that only move, copy or drop elements: a uniform input gives a uniform result.
 */
const moving = new Set([
  'Reshape',
  'Transpose',
  'Expand',
  'Slice',
  'Concat',
  'ReduceMean',
  'ReduceMax',
  'ReduceMin',
  'MaxPool',
  'AveragePool',
  'Resize',
  'DepthToSpace',
]);

function uniform(node: Node | undefined): number | undefined {
  return node?.op === 'Filled' ? (node.attributes.value as number) : undefined;
}

function rounded(value: number, dtype: DType): number {
  if (dtype === 'float32') return Math.fround(value);
  return dtype === 'bool' ? Number(value !== 0) : Math.trunc(value) | 0;
}

function folded(node: Node): number | undefined {
  const values = node.inputs.map(uniform);
  if (values.length === 0 || values.some((value) => value === undefined)) return undefined;
  const [first] = values as number[];
  if (moving.has(node.op)) return values.every((value) => Object.is(value, first)) ? first : undefined;
  if (node.op === 'ReduceSum') return first! * (sizeOf(node.inputs[0]!.shape) / sizeOf(node.shape));
  if (node.op === 'Pad') return first === node.attributes.value ? first : undefined;
  return scalar[node.op]?.(...(values as number[]));
}

/**
 * Constant folding: tensors whose elements are all the same constant are computed when the program
 * is compiled.
 */
export function foldConstants(graph: Graph): Graph {
  return rewrite(graph, [
    (node) => {
      const value = folded(node);
      return value === undefined ? undefined : filled(rounded(value, node.dtype), node.shape, node.dtype);
    },
  ]);
}

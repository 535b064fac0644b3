import { broadcast_util } from '@tensorflow/tfjs-core';
import { type Data, type DType, sizeOf } from '../value.ts';
import { ProgramNotCompilableError } from './errors.ts';
import type { Attribute, Node } from './graph.ts';

type Shape = readonly number[];

/** A tensor that comes from outside: a leaf of the state or an input. */
export function parameter(name: string, shape: Shape, dtype: DType): Node {
  return { op: 'Parameter', inputs: [], attributes: { name }, shape, dtype };
}

/** A tensor that holds one number everywhere. */
export function filled(value: number, shape: Shape = [], dtype: DType = 'float32'): Node {
  return { op: 'Filled', inputs: [], attributes: { value }, shape, dtype };
}

/** A tensor known when the program is compiled. */
export function constant(data: Data, shape: Shape, dtype: DType): Node {
  return { op: 'Constant', inputs: [], attributes: {}, shape, dtype, data };
}

/** The numbers 0 to size - 1. */
export function counting(size: number): Node {
  return constant(
    Int32Array.from({ length: size }, (_, i) => i),
    [size],
    'int32',
  );
}

/**
 * An operation that takes each element by itself, with broadcasting; its type is that of its last
 * input unless given.
 */
export function elementwise(
  op: string,
  inputs: readonly Node[],
  attributes: Readonly<Record<string, Attribute>> = {},
  dtype: DType = inputs.at(-1)!.dtype,
): Node {
  return { op, inputs, attributes, shape: broadcastShape(inputs.map(({ shape }) => shape)), dtype };
}

/** The shape that shapes are broadcast to together. */
export function broadcastShape(shapes: readonly Shape[]): number[] {
  return shapes.reduce<number[]>(
    (whole, shape) => broadcast_util.assertAndGetBroadcastShape(whole, [...shape]),
    [],
  );
}

export const add = (a: Node, b: Node): Node => elementwise('Add', [a, b]);
export const sub = (a: Node, b: Node): Node => elementwise('Sub', [a, b]);
export const mul = (a: Node, b: Node): Node => elementwise('Mul', [a, b]);
export const div = (a: Node, b: Node): Node => elementwise('Div', [a, b]);
export const less = (a: Node, b: Node): Node => elementwise('Less', [a, b], {}, 'bool');
export const equal = (a: Node, b: Node): Node => elementwise('Equal', [a, b], {}, 'bool');
export const where = (condition: Node, yes: Node, no: Node): Node =>
  elementwise('Where', [condition, yes, no]);

export function cast(x: Node, dtype: DType): Node {
  return x.dtype === dtype ? x : elementwise('Cast', [x], {}, dtype);
}

export function reshapeNode(x: Node, shape: Shape): Node {
  if (sizeOf(shape) !== sizeOf(x.shape)) throw new RangeError(`reshape: [${x.shape}] to [${shape}]`);
  return { op: 'Reshape', inputs: [x], attributes: {}, shape, dtype: x.dtype };
}

/** Dimension i of the result is dimension `permutation[i]` of `x`. */
export function transpose(x: Node, permutation: readonly number[]): Node {
  const shape = permutation.map((i) => x.shape[i]!);
  return { op: 'Transpose', inputs: [x], attributes: { permutation }, shape, dtype: x.dtype };
}

export function expand(x: Node, shape: Shape): Node {
  return { op: 'Expand', inputs: [x], attributes: {}, shape, dtype: x.dtype };
}

/** Reduces the axes to size 1. */
export function reduce(op: string, x: Node, axes: readonly number[], dtype = x.dtype): Node {
  const shape = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
  return { op, inputs: [x], attributes: { axes }, shape, dtype };
}

/**
 * Takes `shape[i]` elements of each axis from `begin[i]` on, every `strides[i]`-th; a stride may be
 * negative.
 */
export function slice(x: Node, begin: Shape, shape: Shape, strides: Shape = shape.map(() => 1)): Node {
  return { op: 'Slice', inputs: [x], attributes: { begin, strides }, shape, dtype: x.dtype };
}

export function concat(inputs: readonly Node[], axis: number): Node {
  const shape = [...inputs[0]!.shape];
  shape[axis] = inputs.reduce((sum, input) => sum + input.shape[axis]!, 0);
  return { op: 'Concat', inputs, attributes: { axis }, shape, dtype: inputs[0]!.dtype };
}

/** Puts `value` around `x`: `before[i]` and `after[i]` elements of axis i. */
export function pad(x: Node, before: Shape, after: Shape, value = 0): Node {
  const shape = x.shape.map((size, i) => size + before[i]! + after[i]!);
  return { op: 'Pad', inputs: [x], attributes: { before, after, value }, shape, dtype: x.dtype };
}

/** The matrix product over the last two axes; the axes before them are broadcast. */
export function matMul(a: Node, b: Node, transA = false, transB = false): Node {
  const [inner, rows] = [a.shape.at(transA ? -2 : -1), b.shape.at(transB ? -1 : -2)];
  if (inner !== rows)
    throw new ProgramNotCompilableError(
      `matMul: expected inner dimensions of one size, got ${inner} and ${rows} (of [${a.shape}] and [${b.shape}])`,
    );
  const outer = broadcastShape([a.shape.slice(0, -2), b.shape.slice(0, -2)]);
  const shape = [...outer, a.shape.at(transA ? -1 : -2)!, b.shape.at(transB ? -2 : -1)!];
  return { op: 'MatMul', inputs: [a, b], attributes: { transA, transB }, shape, dtype: 'float32' };
}

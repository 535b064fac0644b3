import { elementwise, expand, filled, reshapeNode, transpose } from '../build.ts';
import type { Graph, Node } from '../graph.ts';
import { type Rule, rewrite } from './rewrite.ts';

const equalShapes = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((size, i) => size === b[i]);

const is = (node: Node | undefined, value: number) =>
  node?.op === 'Filled' && node.attributes.value === value;

const shaped = (x: Node, shape: readonly number[]) => (equalShapes(x.shape, shape) ? x : expand(x, shape));

/** The operand that an operation leaves as it is: x + 0, x - 0, x * 1, x / 1, x ** 1. */
const neutral: Rule = ({ op, inputs: [a, b], shape }) => {
  if (op === 'Add' && is(a, 0)) return shaped(b!, shape);
  if (op === 'Mul' && is(a, 1)) return shaped(b!, shape);
  if ((op === 'Add' || op === 'Sub') && is(b, 0)) return shaped(a!, shape);
  if ((op === 'Mul' || op === 'Div' || op === 'Pow') && is(b, 1)) return shaped(a!, shape);
  return undefined;
};

/** Simplifies signs: 0 - x, -(-x), a + (-b), a - (-b), x * -1. */
const signs: Rule = (node) => {
  const {
    op,
    inputs: [a, b],
    shape,
  } = node;
  if (op === 'Neg' && a!.op === 'Neg') return a!.inputs[0]!;
  if (op === 'Mul' && is(b, -1) && equalShapes(a!.shape, shape)) return elementwise('Neg', [a!]);
  if (op === 'Mul' && is(a, -1) && equalShapes(b!.shape, shape)) return elementwise('Neg', [b!]);
  if (op === 'Add' && b!.op === 'Neg') return { ...node, op: 'Sub', inputs: [a!, b!.inputs[0]!] };
  if (op === 'Add' && a!.op === 'Neg') return { ...node, op: 'Sub', inputs: [b!, a!.inputs[0]!] };
  if (op === 'Sub' && b!.op === 'Neg') return { ...node, op: 'Add', inputs: [a!, b!.inputs[0]!] };
  return undefined;
};

/** x ** 2 is x * x, and x ** 0.5 a root. */
const powers: Rule = ({ op, inputs: [x, exponent], shape }) => {
  if (op !== 'Pow' || !equalShapes(x!.shape, shape)) return undefined;
  if (is(exponent, 2)) return elementwise('Mul', [x!, x!]);
  return is(exponent, 0.5) ? elementwise('Sqrt', [x!]) : undefined;
};

/** Removes transpositions and reshapes without effect, and joins successive ones. */
const moves: Rule = ({ op, inputs: [x], attributes, shape, dtype }) => {
  if (op === 'Reshape') {
    if (equalShapes(x!.shape, shape)) return x;
    if (x!.op === 'Reshape') return reshapeNode(x!.inputs[0]!, shape);
  }
  if (op === 'Transpose') {
    const outer = attributes.permutation as readonly number[];
    if (outer.every((axis, i) => axis === i)) return x;
    if (x!.op !== 'Transpose') return undefined;
    const inner = x!.attributes.permutation as readonly number[];
    return transpose(
      x!.inputs[0]!,
      outer.map((axis) => inner[axis]!),
    );
  }
  if (op === 'Expand' && equalShapes(x!.shape, shape)) return x;
  if (
    op === 'Slice' &&
    equalShapes(x!.shape, shape) &&
    (attributes.strides as number[]).every((stride) => stride > 0)
  )
    return x;
  if ((op === 'Concat' || op === 'Pad') && equalShapes(x!.shape, shape)) return x;
  return op === 'Cast' && x!.dtype === dtype ? x : undefined;
};

const reductions = new Set(['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd']);

/** A reduction over axes of size 1 is a reshape. */
const singles: Rule = ({ op, inputs: [x], shape, dtype }) =>
  reductions.has(op) && equalShapes(x!.shape, shape) && x!.dtype === dtype ? x : undefined;

/**
 * The factor of a float tensor whose last operation is a multiplication by a constant.
 */
function factorOf({ op, inputs: [a, b], dtype, shape }: Node): { x: Node; factor: number } | undefined {
  if (dtype !== 'float32') return undefined;
  if (op === 'Neg') return { x: a!, factor: -1 };
  const number = (node: Node) => (node.op === 'Filled' ? (node.attributes.value as number) : undefined);
  const by = (x: Node, factor: number | undefined) =>
    factor === undefined || !equalShapes(x.shape, shape) ? undefined : { x, factor };
  if (op === 'Mul') return by(a!, number(b!)) ?? by(b!, number(a!));
  const divisor = op === 'Div' ? number(b!) : undefined;
  return divisor === undefined ? undefined : by(a!, 1 / divisor);
}

/** Joins two successive multiplications by constants. */
const factors: Rule = (node) => {
  const outer = factorOf(node);
  const inner = outer && factorOf(outer.x);
  if (inner === undefined) return undefined;
  return elementwise('Mul', [inner.x, filled(Math.fround(inner.factor * outer!.factor))]);
};

/** A selection between a tensor and itself is that tensor. */
const choices: Rule = ({ op, inputs: [condition, yes, no], shape }) => {
  if (op !== 'Where') return undefined;
  if (condition!.op === 'Filled') return shaped(condition!.attributes.value === 0 ? no! : yes!, shape);
  return yes === no || (yes!.op === 'Filled' && is(no, yes!.attributes.value as number))
    ? shaped(yes!, shape)
    : undefined;
};

/** Algebra: removes operations without effect, and replaces others by cheaper ones. */
export function simplify(graph: Graph): Graph {
  return rewrite(graph, [neutral, signs, powers, factors, moves, singles, choices]);
}

import { sizeOf } from '../../value.ts';
import { broadcastShape, expand, filled } from '../build.ts';
import type { Graph, Node } from '../graph.ts';
import { broadcastingOperations, unaryOperations } from '../operations.ts';
import { type Rule, rewrite } from './rewrite.ts';

const equalShapes = (a: readonly number[], b: readonly number[]) => String(a) === String(b);

/** An expanded operand as it was before, a uniform one as a scalar, any other as it is. */
function short(x: Node): Node {
  if (x.op === 'Expand') return x.inputs[0]!;
  return x.op === 'Filled' && x.shape.length > 0 ? filled(x.attributes.value as number, [], x.dtype) : x;
}

const shapeOf = (inputs: readonly Node[]) => broadcastShape(inputs.map(({ shape }) => shape));

/** Removes the expansion of an operand where another operand has the size of the result. */
const unspelled: Rule = (node) => {
  if (!broadcastingOperations.has(node.op)) return undefined;
  for (const [i, input] of node.inputs.entries()) {
    const inputs = node.inputs.with(i, short(input));
    if (inputs[i] !== input && equalShapes(shapeOf(inputs), node.shape)) return { ...node, inputs };
  }
  return undefined;
};

/** Moves an operation whose operands are all expanded before the expansion: fewer elements. */
const expandedLast: Rule = (node) => {
  if (!broadcastingOperations.has(node.op) && !unaryOperations.has(node.op)) return undefined;
  const inputs = node.inputs.map(short);
  const shape = shapeOf(inputs);
  if (sizeOf(shape) >= sizeOf(node.shape) || shape.length === 0) return undefined;
  return expand({ ...node, inputs, shape }, node.shape);
};

/** Broadcasting: no tensor is expanded beyond what the operation that uses it needs. */
export function shrinkOperands(graph: Graph): Graph {
  return rewrite(graph, [unspelled, expandedLast]);
}

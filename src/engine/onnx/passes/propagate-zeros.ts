import { filled } from '../build.ts';
import type { Graph, Node } from '../graph.ts';
import { rewrite } from './rewrite.ts';

const isZero = (node: Node) => node.op === 'Filled' && node.attributes.value === 0;

/** Operations that are zero as soon as one of their inputs is: products. */
const products = new Set(['Mul', 'MatMul', 'Conv', 'ConvInput', 'ConvFilter']);

function vanishes({ op, inputs }: Node): boolean {
  if (products.has(op)) return inputs.some(isZero);
  if (op === 'Div' || op === 'ReduceSum' || op === 'Gather') return isZero(inputs[0]!);
  return op === 'ScatterAdd' && isZero(inputs[1]!);
}

/**
 * Zero propagation: nothing is computed from factors that are zero. A quarter of a penalised step
 * goes into gradients of what does not depend on the weights. As everywhere in differentiation,
 * zero times infinity is zero.
 */
export function propagateZeros(graph: Graph): Graph {
  return rewrite(graph, [(node) => (vanishes(node) ? filled(0, node.shape, node.dtype) : undefined)]);
}

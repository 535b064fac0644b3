import { filled } from '../build.ts';
import type { Graph, Node } from '../graph.ts';
import { rewrite } from './rewrite.ts';

const isZero = (node: Node) => node.op === 'Filled' && node.attributes.value === 0;

/** Operations whose result is zero if one input is: products. */
const products = new Set(['Mul', 'MatMul', 'Conv', 'ConvInput', 'ConvFilter']);

function vanishes({ op, inputs }: Node): boolean {
  if (products.has(op)) return inputs.some(isZero);
  if (op === 'Div' || op === 'ReduceSum' || op === 'Gather') return isZero(inputs[0]!);
  return op === 'ScatterAdd' && isZero(inputs[1]!);
}

/**
 * Zero propagation: products with a zero factor are removed. A quarter of a penalised step are
 * gradients that do not depend on the weights. Zero times infinity counts as zero.
 */
export function propagateZeros(graph: Graph): Graph {
  return rewrite(graph, [(node) => (vanishes(node) ? filled(0, node.shape, node.dtype) : undefined)]);
}

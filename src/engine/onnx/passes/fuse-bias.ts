import { sizeOf } from '../../value.ts';
import { reshapeNode } from '../build.ts';
import type { Graph, Node } from '../graph.ts';
import { usesOf } from '../live-nodes.ts';
import { rewrite } from './rewrite.ts';

/**
 * The axis along which an operation takes a bias: columns of a matrix product, channels of a
 * convolution (NCHW).
 */
function biasAxis({ op, inputs, shape }: Node): number | undefined {
  const takesOne = inputs.length === 2 && (op === 'Conv' || (op === 'MatMul' && shape.length === 2));
  return takesOne ? 1 : undefined;
}

function isBias(x: Node, shape: readonly number[], axis: number): boolean {
  const added = shape.length - x.shape.length;
  const alongAxis = x.shape.every((size, i) => size === (i + added === axis ? shape[axis] : 1));
  return alongAxis && sizeOf(x.shape) === shape[axis];
}

/**
 * Fuses the addition of one number per column (or channel) into the product before it, if that
 * product has no other use.
 */
export function fuseBias(graph: Graph): Graph {
  const uses = usesOf(graph);
  return rewrite(graph, [
    (node, original) => {
      if (node.op !== 'Add' || original.op !== 'Add') return undefined;
      for (const at of [0, 1]) {
        const product = node.inputs[at]!;
        const bias = node.inputs[1 - at]!;
        const axis = biasAxis(product);
        if (axis === undefined || uses.get(original.inputs[at]!) !== 1) continue;
        if (isBias(bias, product.shape, axis))
          return { ...product, inputs: [...product.inputs, reshapeNode(bias, [product.shape[axis]!])] };
      }
      return undefined;
    },
  ]);
}

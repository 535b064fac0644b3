import type { Graph, Node } from './graph.ts';
import { liveNodes } from './live-nodes.ts';

/**
 * A function that gives each node a text, which two nodes share exactly when they compute the same
 * from the same input nodes. Nodes are numbered in the order in which they are met.
 */
export function signatures(): (node: Node) => string {
  const numbers = new Map<Node, number>();
  const numberOf = (node: Node) => {
    if (!numbers.has(node)) numbers.set(node, numbers.size);
    return numbers.get(node)!;
  };
  return (node) => {
    const attributes = Object.entries(node.attributes).map(([name, value]) => `${name}=${show(value)}`);
    const inputs = node.inputs.map(numberOf);
    const text = [node.op, node.dtype, `[${node.shape}]`, ...attributes, `(${inputs})`, node.data ?? ''].join(
      ' ',
    );
    numberOf(node);
    return text;
  };
}

/** As text, but with the sign of zero. */
function show(value: unknown): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The signatures of a graph's nodes in order, and its results: equal for equal graphs. */
export function graphSignature(graph: Graph): string[] {
  const signatureOf = signatures();
  const lines = liveNodes(graph).map(signatureOf);
  const order = new Map(liveNodes(graph).map((node, i) => [node, i]));
  for (const [name, node] of graph) lines.push(`${name} = ${order.get(node)}`);
  return lines;
}

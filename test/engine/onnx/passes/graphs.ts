import { parameter } from '../../../../src/engine/onnx/build.ts';
import type { Graph, Node } from '../../../../src/engine/onnx/graph.ts';

export const x: Node = parameter('input/x', [2, 3], 'float32');
export const y: Node = parameter('input/y', [2, 3], 'float32');
export const row: Node = parameter('input/row', [3], 'float32');

/** What a pass makes of a node that is the only result of a graph. */
export function through(pass: (graph: Graph) => Graph, node: Node): Node {
  return pass(new Map([['output/result', node]])).get('output/result')!;
}

/** A node as text, inputs in parentheses: `Add(x, Filled 2)`. */
export function written({ op, inputs, attributes, shape }: Node): string {
  if (op === 'Parameter') return (attributes.name as string).replace('input/', '');
  if (op === 'Filled') return `${attributes.value}[${shape}]`;
  return `${op}(${inputs.map(written).join(', ')})`;
}

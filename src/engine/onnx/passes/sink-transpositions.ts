import { transpose } from '../build.ts';
import type { Graph, Node } from '../graph.ts';
import { usesOf } from '../live-nodes.ts';
import { rewrite } from './rewrite.ts';

const permutationOf = (node: Node) =>
  node.op === 'Transpose' ? String(node.attributes.permutation) : undefined;

/**
 * Adds before transposing: the gradient of a filter is a sum of several terms, each of which would
 * be transposed.
 */
export function sinkTranspositions(graph: Graph): Graph {
  const uses = usesOf(graph);
  return rewrite(graph, [
    (node, original) => {
      const [a, b] = node.inputs;
      if (node.op !== 'Add' || permutationOf(a!) === undefined) return undefined;
      if (permutationOf(a!) !== permutationOf(b!) || original.inputs.some((input) => uses.get(input) !== 1))
        return undefined;
      const sum = { ...node, inputs: [a!.inputs[0]!, b!.inputs[0]!], shape: a!.inputs[0]!.shape };
      return transpose(sum, a!.attributes.permutation as readonly number[]);
    },
  ]);
}

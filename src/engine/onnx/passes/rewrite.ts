import type { Graph, Node } from '../graph.ts';
import { liveNodes } from '../live-nodes.ts';

/**
 * The replacement of a node, or undefined where the rule does not apply. It has the node's shape
 * and type. `original` is the node as it was before its inputs were rewritten.
 */
export type Rule = (node: Node, original: Node) => Node | undefined;

/** Applies the rules to every node, inputs first, until none of them applies to the result. */
export function rewrite(graph: Graph, rules: readonly Rule[]): Graph {
  const replaced = new Map<Node, Node>();
  const final = (node: Node) => replaced.get(node)!;
  for (const node of liveNodes(graph)) {
    const inputs = node.inputs.map(final);
    const same = inputs.every((input, i) => input === node.inputs[i]);
    replaced.set(node, settle(same ? node : { ...node, inputs }, node, rules));
  }
  return new Map([...graph].map(([name, node]) => [name, final(node)]));
}

/** A rule may build a node from new nodes; the next round rewrites those. */
function settle(node: Node, original: Node, rules: readonly Rule[]): Node {
  for (let current = node; ; ) {
    let next: Node | undefined;
    for (const rule of rules) {
      next = rule(current, original);
      if (next !== undefined) break;
    }
    if (next === undefined) return current;
    current = next;
  }
}

import type { Graph, Node } from './graph.ts';

/**
 * The nodes that the results depend on, each after its inputs. What is not among them is dead code.
 */
export function liveNodes(graph: Graph): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  for (const result of graph.values()) {
    // A stack of our own: graphs are deeper than the call stack of JavaScript allows.
    const stack: { node: Node; next: number }[] = [];
    const visit = (node: Node) => {
      if (seen.has(node)) return;
      seen.add(node);
      stack.push({ node, next: 0 });
    };
    visit(result);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const input = top.node.inputs[top.next++];
      if (input !== undefined) visit(input);
      else order.push(stack.pop()!.node);
    }
  }
  return order;
}

/** How often each live node is an input or a result. */
export function usesOf(graph: Graph): ReadonlyMap<Node, number> {
  const uses = new Map<Node, number>();
  const use = (node: Node) => uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const node of liveNodes(graph)) node.inputs.forEach(use);
  for (const node of graph.values()) use(node);
  return uses;
}

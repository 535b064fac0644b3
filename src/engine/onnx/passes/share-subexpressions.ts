import type { Graph, Node } from '../graph.ts';
import { signatures } from '../signature.ts';
import { rewrite } from './rewrite.ts';

/** Common subexpressions: equal operations on the same inputs are computed once. */
export function shareSubexpressions(graph: Graph): Graph {
  const signatureOf = signatures();
  const first = new Map<string, Node>();
  return rewrite(graph, [
    (node) => {
      const signature = signatureOf(node);
      const known = first.get(signature);
      if (known === undefined) first.set(signature, node);
      return known === node ? undefined : known;
    },
  ]);
}

import type { Graph, Pass } from '../graph.ts';
import { liveNodes } from '../live-nodes.ts';
import { foldConstants } from './fold-constants.ts';
import { propagateZeros } from './propagate-zeros.ts';
import { shareSubexpressions } from './share-subexpressions.ts';
import { shrinkOperands } from './shrink-operands.ts';
import { simplify } from './simplify.ts';

const passes: readonly Pass[] = [
  simplify,
  shrinkOperands,
  foldConstants,
  propagateZeros,
  shareSubexpressions,
];

/** The passes before layout, repeated until a round makes the graph no smaller. */
export function optimize(graph: Graph): Graph {
  let current = graph;
  for (let size = Number.POSITIVE_INFINITY; ; ) {
    for (const pass of passes) current = pass(current);
    const now = liveNodes(current).length;
    if (now >= size) return current;
    size = now;
  }
}

import { emit, type Model } from './emit/emit.ts';
import type { Graph, Pass } from './graph.ts';
import { layout } from './layout/layout.ts';
import { fuseBias } from './passes/fuse-bias.ts';
import { optimize } from './passes/optimize.ts';
import { sinkTranspositions } from './passes/sink-transpositions.ts';
import { splitTranspositions } from './passes/split-transpositions.ts';

/** All passes, from what was recorded to what is written. */
function passes(plain: boolean): readonly Pass[] {
  return [
    optimize,
    (graph) => layout(graph, plain),
    sinkTranspositions,
    fuseBias,
    optimize,
    ...(plain ? [] : [splitTranspositions]),
  ];
}

/**
 * From what a program was recorded as to what is written.
 * @param plain whether the graph is for other tools, see `Placement`
 */
export function lowered(graph: Graph, plain = false): Graph {
  return passes(plain).reduce((current, pass) => pass(current), graph);
}

/** From what a program was recorded as to what onnxruntime executes. */
export function compile(name: string, graph: Graph): Model {
  return emit(name, lowered(graph));
}

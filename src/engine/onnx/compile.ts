import { emit, type Model } from './emit/emit.ts';
import type { Graph, Pass } from './graph.ts';
import { layout } from './layout/layout.ts';
import { fuseBias } from './passes/fuse-bias.ts';
import { optimize } from './passes/optimize.ts';
import { sinkTranspositions } from './passes/sink-transpositions.ts';
import { splitTranspositions } from './passes/split-transpositions.ts';

/** All passes, in order. */
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
 * A recorded program as a graph of ONNX operators.
 * @param plain whether the graph is for other tools, see `Placement`
 */
export function lowered(graph: Graph, plain = false): Graph {
  return passes(plain).reduce((current, pass) => pass(current), graph);
}

/** The ONNX model of a recorded program, for onnxruntime. */
export function compile(name: string, graph: Graph): Model {
  return emit(name, lowered(graph));
}

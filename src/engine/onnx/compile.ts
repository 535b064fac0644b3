import { emit, type Model } from './emit/emit.ts';
import type { Graph, Pass } from './graph.ts';
import { layout } from './layout/layout.ts';
import { fuseBias } from './passes/fuse-bias.ts';
import { optimize } from './passes/optimize.ts';
import { sinkTranspositions } from './passes/sink-transpositions.ts';
import { splitTranspositions } from './passes/split-transpositions.ts';

const passes: readonly Pass[] = [
  optimize,
  layout,
  sinkTranspositions,
  fuseBias,
  optimize,
  splitTranspositions,
];

/** From what a program was recorded as to what onnxruntime executes. */
export function compile(name: string, graph: Graph): Model {
  return emit(
    name,
    passes.reduce((current, pass) => pass(current), graph),
  );
}

import type { Data, DType } from '../value.ts';

export type Attribute = number | string | boolean | readonly number[];

/**
 * One operation of a graph, and the tensor that it makes. Nodes never change, and they hold their
 * inputs, so a graph is known by its results and what no result depends on is in no graph.
 *
 * Operations bear the name of the ONNX operator that does the same. Those of our own are
 * `Parameter` (a tensor from outside), `Constant`, `Filled` (one number everywhere), and the pairs
 * of what TensorFlow.js and ONNX do differently; `emit/operators.ts` lists them all.
 */
export interface Node {
  readonly op: string;
  readonly inputs: readonly Node[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** The elements of a `Constant`. */
  readonly data?: Data;
}

/** What a program computes, by name: `state/critic/kernel`, `output/loss`. */
export type Graph = ReadonlyMap<string, Node>;

/** A step from graph to graph that keeps its meaning. */
export type Pass = (graph: Graph) => Graph;

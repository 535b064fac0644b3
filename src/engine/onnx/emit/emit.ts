import type { DType } from '../../value.ts';
import type { Graph, Node } from '../graph.ts';
import { liveNodes } from '../live-nodes.ts';
import { ModelBuilder } from './model.ts';
import { emitNode } from './operators.ts';

/** A tensor that a model takes or gives. */
export interface GraphPort {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** A graph as an ONNX model. */
export interface Model {
  readonly bytes: Uint8Array;
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  /** The number of operations of the graph. */
  readonly operations: number;
}

/**
 * Writes a graph that has been laid out as an ONNX model. Parameters and results keep their names.
 */
export function emit(name: string, graph: Graph): Model {
  const model = new ModelBuilder();
  const inputs: GraphPort[] = [];
  const names = writeNodes(graph, model, (node) => {
    const port = { name: node.attributes.name as string, shape: node.shape, dtype: node.dtype };
    model.input(port.name, port.shape, port.dtype);
    inputs.push(port);
    return port.name;
  });
  const outputs = [...graph].map(([path, { shape, dtype }]) => ({ name: `next/${path}`, shape, dtype }));
  for (const [path, node] of graph) model.output(names.get(node)!, `next/${path}`, node.shape, node.dtype);
  return { bytes: model.finish(name), inputs, outputs, operations: names.size };
}

/**
 * Writes the nodes of a graph into a model; gives back the names of their tensors.
 * @param parameter writes a parameter and gives its name
 */
export function writeNodes(
  graph: Graph,
  model: ModelBuilder,
  parameter: (node: Node) => string,
): ReadonlyMap<Node, string> {
  const names = new Map<Node, string>();
  for (const node of liveNodes(graph)) {
    const given = node.inputs.map((input) => names.get(input)!);
    names.set(node, node.op === 'Parameter' ? parameter(node) : emitNode(node, given, model));
  }
  return names;
}

import type { Graph } from '../graph.ts';
import { liveNodes } from '../live-nodes.ts';
import { asMeant } from './order.ts';
import { Placement } from './placement.ts';
import { ruleFor } from './rules.ts';

/**
 * The layout pass. TensorFlow.js means pictures NHWC and filters HWIO; ONNX convolves NCHW with
 * OIHW. Each tensor lies as the operation that makes it likes, is moved only where one that uses it
 * cannot follow, and a transposition of the program moves nothing at all. The state lies the same
 * in every program, since programs share it.
 * @param plain whether the graph is for other tools, see `Placement`
 */
export function layout(graph: Graph, plain = false): Graph {
  const placement = new Placement(plain);
  for (const node of liveNodes(graph)) placement.set(node, ruleFor(node.op)(node, placement));
  return new Map(
    [...graph].map(([name, node]) => {
      const order = name.startsWith('state/') ? placement.ofState(node.shape) : asMeant(node.shape.length);
      return [name, placement.inOrder(node, order)];
    }),
  );
}

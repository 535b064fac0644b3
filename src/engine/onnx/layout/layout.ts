import type { Graph } from '../graph.ts';
import { liveNodes } from '../live-nodes.ts';
import { asMeant } from './order.ts';
import { Placement } from './placement.ts';
import { ruleFor } from './rules.ts';

/**
 * The layout pass. TensorFlow.js has images NHWC and filters HWIO; ONNX convolves NCHW with OIHW.
 * Each tensor has the layout of the operation that makes it, and is transposed only where a
 * consumer needs another layout. A transposition of the program only changes the layout. The state
 * has the same layout in every program, since programs share it.
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

import { filled, reshapeNode, transpose } from '../build.ts';
import type { Node } from '../graph.ts';
import {
  asMeant,
  liesAsMeant,
  type Order,
  orderOfState,
  permuted,
  plainOrderOfState,
  sameOrder,
} from './order.ts';

/** A tensor of the program with its layout; `node` is the tensor in the ONNX graph. */
export interface Placed {
  readonly node: Node;
  readonly order: Order;
}

/**
 * Records the layout of every node's tensor, and converts it once where a consumer needs another
 * layout.
 */
export class Placement {
  /**
   * Whether every convolution is one operator and all filters are OIHW, as other tools expect.
   * Otherwise the fastest form for the recorded batch is taken.
   */
  readonly plain: boolean;
  readonly #placed = new Map<Node, Placed>();
  readonly #moved = new Map<Node, Placed[]>();

  constructor(plain = false) {
    this.plain = plain;
  }

  /** The layout of a tensor of the state. */
  ofState(shape: readonly number[]): Order {
    return this.plain ? plainOrderOfState(shape) : orderOfState(shape);
  }

  set(node: Node, placed: Placed): void {
    this.#placed.set(node, placed);
  }

  of(node: Node): Placed {
    return this.#placed.get(node)!;
  }

  /** The tensor in the layout; without one, in that of the program. */
  inOrder(node: Node, order: Order = asMeant(node.shape.length)): Node {
    const placed = this.of(node);
    if (sameOrder(placed.order, order)) return placed.node;
    const known = this.#moved.get(node)?.find((other) => sameOrder(other.order, order));
    if (known !== undefined) return known.node;
    const moved = { node: move(node, placed, order), order };
    this.#moved.set(node, [...(this.#moved.get(node) ?? []), moved]);
    return moved.node;
  }

  /**
   * An operand of an operation with `order`: leading axes that broadcasting adds are made explicit
   * where they are transposed.
   */
  operand(node: Node, order: Order): Node {
    const rank = node.shape.length;
    if (rank === order.length) return this.inOrder(node, order);
    const plain = this.inOrder(node);
    if (rank === 0 || sameOrder(order, asMeant(order.length))) return plain;
    const whole = [...new Array<number>(order.length - rank).fill(1), ...node.shape];
    return move(
      { ...node, shape: whole },
      { node: reshapeNode(plain, whole), order: asMeant(order.length) },
      order,
    );
  }
}

function move(meant: Node, { node, order: from }: Placed, to: Order): Node {
  const shape = permuted(meant.shape, to);
  if (node.op === 'Filled') return filled(node.attributes.value as number, shape, node.dtype);
  const permutation = to.map((axis) => from.indexOf(axis));
  return liesAsMeant(node.shape, permutation) ? reshapeNode(node, shape) : transpose(node, permutation);
}

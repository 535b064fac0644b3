import { finiteNumber, wholeNumber } from '../../base/index.ts';

/**
 * Numbers from 0 of which any may be changed, and found by where their running sum reaches a mark,
 * in log2(capacity) steps. Every inner node is the sum of its two children, so that the tree is a
 * pure function of its leaves: one that is rebuilt from them finds the same. Schaul et al.,
 * https://arxiv.org/abs/1511.05952, appendix B.2.1.
 */
export class SumTree {
  readonly capacity: number;
  readonly #nodes: Float64Array;
  /**
   * The number of leaves that there is room for: a power of two. The root is node 1, the leaves
   * begin at this node.
   */
  readonly #first: number;

  /** @throws RangeError for a capacity that is no whole number from 1 */
  constructor(capacity: number) {
    this.capacity = wholeNumber('SumTree: capacity', capacity, 1, 2 ** 30);
    this.#first = 2 ** Math.ceil(Math.log2(capacity));
    this.#nodes = new Float64Array(2 * this.#first);
  }

  get total(): number {
    return this.#nodes[1]!;
  }

  /** Leaf `at`. */
  get(at: number): number {
    return this.#nodes[this.#first + at]!;
  }

  /** @throws RangeError for a place outside the tree, or a number that is not finite or below 0 */
  set(at: number, number: number): void {
    wholeNumber('SumTree: at', at, 0, this.capacity - 1);
    finiteNumber('SumTree: number', number, 0);
    const nodes = this.#nodes;
    let node = this.#first + at;
    nodes[node] = number;
    for (node >>>= 1; node > 0; node >>>= 1) nodes[node] = nodes[2 * node]! + nodes[2 * node + 1]!;
  }

  /** Replaces all leaves. */
  fill(leaves: ArrayLike<number>): void {
    this.#nodes.fill(0);
    this.#nodes.set(leaves, this.#first);
    for (let node = this.#first - 1; node > 0; node--)
      this.#nodes[node] = this.#nodes[2 * node]! + this.#nodes[2 * node + 1]!;
  }

  /**
   * The leaf whose share of the running sum, in the order of the leaves, holds `mark`, from 0 up to
   * the total.
   */
  find(mark: number): number {
    const nodes = this.#nodes;
    let node = 1;
    let rest = mark;
    while (node < this.#first) {
      const left = nodes[2 * node]!;
      // A mark that rounding has put at or beyond the end must not lead to an empty leaf.
      const right = rest >= left && nodes[2 * node + 1]! > 0;
      if (right) rest -= left;
      node = 2 * node + (right ? 1 : 0);
    }
    return node - this.#first;
  }
}

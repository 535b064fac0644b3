import { sizeOf } from '../../value.ts';
import { add, concat, matMul, pad, reshapeNode, slice } from '../build.ts';
import type { Node } from '../graph.ts';
import type { Blocks } from './blocks.ts';

const corners = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/**
 * Convolutions as one matrix product, with a row for the window of each place: for pictures of few
 * channels.
 */
export class Windows {
  readonly #blocks: Blocks;

  constructor(blocks: Blocks) {
    this.#blocks = blocks;
  }

  convolution(x: Node, filter: Node): Node {
    const product = matMul(this.#gathered(x), this.#matrix(filter));
    return reshapeNode(product, [...this.#blocks.places, x.shape[2]!, this.#blocks.filters]);
  }

  /** The gradient by the picture: each corner of the windows is put where it was taken from. */
  byPicture(dy: Node, filter: Node): Node {
    const [rows, columns, samples, filters] = dy.shape as [number, number, number, number];
    const flat = matMul(
      reshapeNode(dy, [rows * columns * samples, filters]),
      this.#matrix(filter),
      false,
      true,
    );
    const depth = flat.shape[1]! / corners.length;
    const windows = reshapeNode(flat, [rows, columns, samples, flat.shape[1]!]);
    const parts = corners.map(([down, across], i) => {
      const corner = slice(windows, [0, 0, 0, i * depth], [rows, columns, samples, depth]);
      return pad(corner, [down, across, 0, 0], [1 - down, 1 - across, 0, 0]);
    });
    return this.#blocks.toPicture(parts.reduce(add));
  }

  /** The gradient by the filter. */
  byFilter(x: Node, dy: Node): Node {
    const flat = reshapeNode(dy, [sizeOf(dy.shape.slice(0, 3)), this.#blocks.filters]);
    return this.#blocks.toFilter(matMul(this.#gathered(x), flat, true));
  }

  #gathered(x: Node): Node {
    const blocks = this.#blocks.fromPicture(x);
    const [rows, columns] = this.#blocks.places;
    const [, , samples, depth] = blocks.shape as [number, number, number, number];
    const parts = corners.map(([down, across]) =>
      slice(blocks, [down, across, 0, 0], [rows, columns, samples, depth]),
    );
    return reshapeNode(concat(parts, 3), [rows * columns * samples, corners.length * depth]);
  }

  #matrix(filter: Node): Node {
    const taps = this.#blocks.fromFilter(filter);
    return reshapeNode(taps, [corners.length * taps.shape[2]!, this.#blocks.filters]);
  }
}

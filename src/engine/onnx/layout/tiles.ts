import { sizeOf } from '../../value.ts';
import { constant, matMul, reduce, reshapeNode } from '../build.ts';
import type { Node } from '../graph.ts';
import type { Blocks } from './blocks.ts';
import {
  elementsOfTile,
  type FilterMatrix,
  inputsOfTiles,
  minimalFilter,
  outputsOfTiles,
  tilesOver,
  transposed,
} from './minimal-filter.ts';

type Shape4 = readonly [number, number, number, number];

/**
 * Convolutions by a minimal algorithm: blocks and filter are transformed, multiplied as matrices
 * (channels by filters, a product for each element of a tile), and the products transformed back.
 * All of it are products of matrices, so the gradients are the same ones transposed.
 */
export class Tiles {
  readonly #blocks: Blocks;
  /** Tiles above and beside each other. */
  readonly #counts: readonly [number, number];

  constructor(blocks: Blocks) {
    this.#blocks = blocks;
    this.#counts = tilesOver(blocks.places);
  }

  convolution(x: Node, filter: Node): Node {
    const products = this.#products(this.#fromPicture(x), this.#fromFilter(filter));
    return applied(this.#outputs(), products);
  }

  /** The gradient by the picture. */
  byPicture(dy: Node, filter: Node): Node {
    const products = this.#products(this.#fromResult(dy), this.#fromFilter(filter), true);
    return this.#blocks.toPicture(applied(this.#inputs().map(transposed), products));
  }

  /** The gradient by the filter. */
  byFilter(x: Node, dy: Node): Node {
    const [v, m] = [this.#stacked(this.#fromPicture(x)), this.#stacked(this.#fromResult(dy))];
    const [depth, filters] = [v.shape[4]!, m.shape[4]!];
    const ofRows = matMul(v, m, true);
    const products = reshapeNode(reduce('ReduceSum', ofRows, [1]), [
      elementsOfTile,
      elementsOfTile,
      depth,
      filters,
    ]);
    const back = transposed(minimalFilter.taps);
    return this.#blocks.toFilter(applied([back, back], products));
  }

  #inputs(): number[][][] {
    return this.#blocks.places.map((places, axis) => inputsOfTiles(this.#counts[axis]!, places + 1));
  }

  #outputs(): number[][][] {
    return this.#blocks.places.map((places, axis) => outputsOfTiles(this.#counts[axis]!, places));
  }

  #fromPicture(x: Node): Node {
    return applied(this.#inputs(), this.#blocks.fromPicture(x));
  }

  #fromResult(dy: Node): Node {
    return applied(this.#outputs().map(transposed), dy);
  }

  #fromFilter(filter: Node): Node {
    const { taps } = minimalFilter;
    return applied([taps, taps], this.#blocks.fromFilter(filter));
  }

  /** The products of what was transformed; `back` multiplies by the filter transposed. */
  #products(tiles: Node, filter: Node, back = false): Node {
    const [, , depth, filters] = filter.shape as Shape4;
    const stack = reshapeNode(filter, [elementsOfTile, 1, elementsOfTile, depth, filters]);
    const products = matMul(this.#stacked(tiles), stack, false, back);
    return reshapeNode(products, [...tiles.shape.slice(0, 3), back ? depth : filters]);
  }

  /**
   * Elements down, tiles down, elements across, by (tiles across x samples) x channels: stacks of
   * matrices.
   */
  #stacked(tiles: Node): Node {
    const [down, across] = this.#counts;
    const [, , samples, depth] = tiles.shape as Shape4;
    return reshapeNode(tiles, [elementsOfTile, down, elementsOfTile, across * samples, depth]);
  }
}

/** Matrices applied to the first and the second axis. */
function applied(matrices: readonly FilterMatrix[], x: Node): Node {
  const [first, second] = matrices.map(asNode) as [Node, Node];
  const [rows, columns, ...rest] = x.shape as [number, number, ...number[]];
  const row = sizeOf(rest);
  const high = matMul(first, reshapeNode(x, [rows, columns * row]));
  const wide = matMul(second, reshapeNode(high, [first.shape[0]!, columns, row]));
  return reshapeNode(wide, [first.shape[0]!, second.shape[0]!, ...rest]);
}

function asNode(matrix: FilterMatrix): Node {
  return constant(Float32Array.from(matrix.flat()), [matrix.length, matrix[0]!.length], 'float32');
}

import { pad, reshapeNode, slice, transpose } from '../build.ts';
import type { Node } from '../graph.ts';

type Shape = readonly number[];

/**
 * A convolution whose filter is twice as wide as its stride, seen in blocks of `stride` by `stride`
 * pixels: when the pixels of a block are so many more channels, the filter has two taps each way
 * and a stride of one. Pictures lie HWNC (places before samples, so that they move in large
 * pieces), filters HWIO.
 */
export class Blocks {
  readonly stride: number;
  /** Rows and columns of the result. */
  readonly places: readonly [number, number];
  readonly channels: number;
  readonly filters: number;
  /** Zeros above, left, below and right of the picture. */
  readonly #pads: Shape;
  readonly #size: readonly [number, number];

  private constructor(picture: Shape, filter: Shape, result: Shape, stride: number, pads: Shape) {
    this.stride = stride;
    this.places = [result[1]!, result[2]!];
    [this.channels, this.filters] = filter.slice(2) as [number, number];
    this.#pads = pads;
    this.#size = [picture[1]!, picture[2]!];
  }

  /**
   * The blocks of a convolution from `picture` to `result` (meant NHWC), or undefined where it is
   * none of this kind.
   */
  static of(
    picture: Shape,
    filter: Shape,
    result: Shape,
    { strides, dilations, pads }: Node['attributes'],
  ): Blocks | undefined {
    const [stride] = strides as [number];
    const fits = [0, 1].every((axis) => {
      const [before, after] = [(pads as number[])[axis]!, (pads as number[])[axis + 2]!];
      return (
        (strides as number[])[axis] === stride &&
        (dilations as number[])[axis] === 1 &&
        filter[axis] === 2 * stride &&
        picture[axis + 1]! + before + after === stride * (result[axis + 1]! + 1)
      );
    });
    return fits ? new Blocks(picture, filter, result, stride, pads as number[]) : undefined;
  }

  /**
   * A picture as rows x columns x samples x channels of blocks, one row and column more than the
   * result has.
   */
  fromPicture(x: Node): Node {
    const [top, left, bottom, right] = this.#pads as [number, number, number, number];
    const padded = pad(x, [top, left, 0, 0], [bottom, right, 0, 0]);
    const [rows, columns, samples] = [this.places[0] + 1, this.places[1] + 1, x.shape[2]!];
    const apart = reshapeNode(padded, [rows, this.stride, columns, this.stride, samples, this.channels]);
    const together = transpose(apart, [0, 2, 4, 1, 3, 5]);
    return reshapeNode(together, [rows, columns, samples, this.stride ** 2 * this.channels]);
  }

  toPicture(blocks: Node): Node {
    const [rows, columns, samples] = blocks.shape as [number, number, number];
    const { stride, channels } = this;
    const apart = reshapeNode(blocks, [rows, columns, samples, stride, stride, channels]);
    const together = transpose(apart, [0, 3, 1, 4, 2, 5]);
    const padded = reshapeNode(together, [rows * stride, columns * stride, samples, channels]);
    const [top, left] = this.#pads as [number, number];
    return slice(padded, [top, left, 0, 0], [...this.#size, samples, channels]);
  }

  /** A filter as taps: 2 x 2 x channels of blocks x filters. */
  fromFilter(filter: Node): Node {
    const { stride, channels, filters } = this;
    const apart = reshapeNode(filter, [2, stride, 2, stride, channels, filters]);
    return reshapeNode(transpose(apart, [0, 2, 1, 3, 4, 5]), [2, 2, stride ** 2 * channels, filters]);
  }

  toFilter(taps: Node): Node {
    const { stride, channels, filters } = this;
    const apart = reshapeNode(taps, [2, 2, stride, stride, channels, filters]);
    return reshapeNode(transpose(apart, [0, 2, 1, 3, 4, 5]), [2 * stride, 2 * stride, channels, filters]);
  }
}

import { concat, matMul, pad, reshapeNode, slice, transpose } from '../build.ts';
import type { Node } from '../graph.ts';

type Shape = readonly number[];

/** Whether the windows of a convolution move by one pixel and take neighbouring pixels. */
export function hasUnitStride({ strides, dilations }: Node['attributes']): boolean {
  return [...(strides as Shape), ...(dilations as Shape)].every((size) => size === 1);
}

/**
 * The gradient by the picture as a convolution of `dy`, padded more, with the filter turned by half
 * and its channels and filters exchanged; undefined where the padding is wider than the filter.
 * @param dy the gradient by the result lying NCHW
 * @param filter lying OIHW
 * @param size rows and columns of the picture
 */
export function unitStrideByPicture(dy: Node, filter: Node, size: Shape, pads: Shape): Node | undefined {
  const [, channels, ...window] = filter.shape as [number, number, ...number[]];
  const before = window.map((width, axis) => width - 1 - pads[axis]!);
  const after = window.map((width, axis) => size[axis]! - dy.shape[axis + 2]! + width - 1 - before[axis]!);
  if ([...before, ...after].some((width) => width < 0)) return undefined;
  const end = window.map((width) => width - 1);
  const turned = slice(filter, [0, 0, ...end], filter.shape, [1, 1, -1, -1]);
  return {
    op: 'Conv',
    inputs: [dy, transpose(turned, [1, 0, 2, 3])],
    attributes: { strides: [1, 1], dilations: [1, 1], pads: [...before, ...after] },
    shape: [dy.shape[0]!, channels, ...size],
    dtype: 'float32',
  };
}

/**
 * The gradient by the filter, [height, width, channels, filters], as a product for each of its
 * columns: `height` copies of `dy`, each a row lower, times `x` from that column on. A convolution
 * with `dy` as its filter multiplies matrices of height * width columns, which is slow.
 * @param x the picture lying CNHW
 * @param dy the gradient by the result lying CNHW
 */
export function unitStrideByFilter(x: Node, dy: Node, filter: Shape, pads: Shape): Node {
  const [height, width, channels, filters] = filter as [number, number, number, number];
  const [top, left, bottom, right] = pads as [number, number, number, number];
  const padded = pad(x, [0, 0, top, left], [0, 0, bottom, right]);
  const [, samples, rows] = padded.shape as [number, number, number];
  const columns = dy.shape[3]!;
  const places = samples * rows * columns;
  const lowered = reshapeNode(
    concat(
      Array.from({ length: height }, (_, row) => pad(dy, [0, 0, row, 0], [0, 0, height - 1 - row, 0])),
      0,
    ),
    [height * filters, places],
  );
  const products = Array.from({ length: width }, (_, column) => {
    const shifted = slice(padded, [0, 0, 0, column], [channels, samples, rows, columns]);
    const product = matMul(lowered, reshapeNode(shifted, [channels, places]), false, true);
    return reshapeNode(product, [height, filters, 1, channels]);
  });
  return transpose(concat(products, 2), [0, 2, 3, 1]);
}

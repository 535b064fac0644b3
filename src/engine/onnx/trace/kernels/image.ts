import {
  type AvgPoolAttrs,
  type BatchToSpaceNDAttrs,
  backend_util,
  type DepthToSpaceAttrs,
  type MaxPoolAttrs,
  type MaxPoolWithArgmaxAttrs,
  type ResizeBilinearAttrs,
  type ResizeNearestNeighborAttrs,
  type SpaceToBatchNDAttrs,
} from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../value.ts';
import { add, div, elementwise, filled, mul, pad, reshapeNode, slice, sub, transpose } from '../../build.ts';
import type { Node } from '../../graph.ts';
import type { TraceKernel } from './kernel.ts';

type Shape4 = readonly [number, number, number, number];

function poolWindow(shape: readonly number[], { filterSize, strides, pad, dimRoundingMode }: MaxPoolAttrs) {
  const info = backend_util.computePool2DInfo(
    [...shape] as never,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const { top, left, bottom, right } = info.padInfo;
  return {
    info,
    attributes: {
      kernel: [info.filterHeight, info.filterWidth],
      strides: [info.strideHeight, info.strideWidth],
      pads: [top, left, bottom, right],
    },
  };
}

function pool(op: string, x: Node, attributes: MaxPoolAttrs, dtype = x.dtype): Node {
  const { info, attributes: sizes } = poolWindow(x.shape, attributes);
  return { op, inputs: [x], attributes: sizes, shape: info.outShape, dtype };
}

const toNchw = (x: Node) => transpose(x, [0, 3, 1, 2]);
const toNhwc = (x: Node) => transpose(x, [0, 2, 3, 1]);

/**
 * Each channel by itself is a convolution with a filter of ones, whose gradient spreads `dy` over
 * the windows.
 */
function averagePoolGradient(dy: Node, shape: Shape4, attributes: AvgPoolAttrs): Node {
  const { info, attributes: sizes } = poolWindow(shape, attributes);
  const [batch, height, width, channels] = shape;
  const [rows, columns] = [info.filterHeight, info.filterWidth];
  const spread: Node = {
    op: 'ConvInput',
    inputs: [
      reshapeNode(toNchw(dy), [batch * channels, info.outHeight, info.outWidth, 1]),
      filled(1 / (rows * columns), [rows, columns, 1, 1]),
    ],
    attributes: { strides: sizes.strides, pads: sizes.pads, dilations: [1, 1] },
    shape: [batch * channels, height, width, 1],
    dtype: 'float32',
  };
  return toNhwc(reshapeNode(spread, [batch, channels, height, width]));
}

/**
 * `MaxPoolIndices` counts through the input as if it lay in NCHW order, as ONNX does, whatever the
 * layout.
 */
function maxPoolGradient(dy: Node, input: Node, attributes: MaxPoolAttrs): Node {
  const [batch, height, width, channels] = input.shape as Shape4;
  const indices = pool('MaxPoolIndices', input, attributes, 'int32');
  const flat = (x: Node) => reshapeNode(toNchw(x), [sizeOf(x.shape)]);
  const scattered: Node = {
    op: 'ScatterAdd',
    inputs: [flat(indices), flat(dy)],
    attributes: {},
    shape: [sizeOf(input.shape)],
    dtype: 'float32',
  };
  return toNhwc(reshapeNode(scattered, [batch, channels, height, width]));
}

/** The place of the maximum in the order of NHWC, from that in NCHW. */
function argmaxOfPool(x: Node, attributes: MaxPoolWithArgmaxAttrs): Node {
  const [, height, width, channels] = x.shape as Shape4;
  const whole = (value: number) => filled(value, [], 'int32');
  const index = pool('MaxPoolIndices', x, attributes, 'int32');
  const remainder = (a: Node, size: number) => sub(a, mul(div(a, whole(size)), whole(size)));
  const plane = height * width;
  const sample = div(index, whole(plane * channels));
  const channel = remainder(div(index, whole(plane)), channels);
  const pixel = remainder(index, plane);
  const place = add(mul(pixel, whole(channels)), channel);
  return attributes.includeBatchInIndex ? add(place, mul(sample, whole(plane * channels))) : place;
}

function resize(images: Node, attributes: ResizeBilinearAttrs, mode: string, nearest: string): Node {
  const [batch, , , channels] = images.shape as Shape4;
  const { alignCorners, halfPixelCenters, size } = attributes;
  const coordinates = alignCorners ? 'align_corners' : halfPixelCenters ? 'half_pixel' : 'asymmetric';
  return {
    op: 'Resize',
    inputs: [images],
    attributes: { mode, nearest, coordinates },
    shape: [batch, size[0], size[1], channels],
    dtype: 'float32',
  };
}

/** Samples that each hold one place of every block become pictures. */
function batchToSpace(x: Node, { blockShape, crops }: BatchToSpaceNDAttrs): Node {
  const blocks = blockShape.length;
  const count = sizeOf(blockShape);
  const batch = x.shape[0]! / count;
  const space = x.shape.slice(1, blocks + 1);
  const rest = x.shape.slice(blocks + 1);
  const apart = reshapeNode(x, [...blockShape, batch, ...space, ...rest]);
  const order = [
    blocks,
    ...blockShape.flatMap((_, i) => [blocks + 1 + i, i]),
    ...rest.map((_, i) => 2 * blocks + 1 + i),
  ];
  const whole = reshapeNode(transpose(apart, order), [
    batch,
    ...space.map((size, i) => size * blockShape[i]!),
    ...rest,
  ]);
  const begin = whole.shape.map((_, i) => crops[i - 1]?.[0] ?? 0);
  return slice(
    whole,
    begin,
    whole.shape.map((size, i) => size - begin[i]! - (crops[i - 1]?.[1] ?? 0)),
  );
}

function spaceToBatch(x: Node, { blockShape, paddings }: SpaceToBatchNDAttrs): Node {
  const blocks = blockShape.length;
  const padded = pad(
    x,
    x.shape.map((_, i) => paddings[i - 1]?.[0] ?? 0),
    x.shape.map((_, i) => paddings[i - 1]?.[1] ?? 0),
  );
  const [batch, rest] = [padded.shape[0]!, padded.shape.slice(blocks + 1)];
  const space = blockShape.map((block, i) => padded.shape[i + 1]! / block);
  const apart = reshapeNode(padded, [
    batch,
    ...blockShape.flatMap((block, i) => [space[i]!, block]),
    ...rest,
  ]);
  const order = [
    ...blockShape.map((_, i) => 2 * i + 2),
    0,
    ...blockShape.map((_, i) => 2 * i + 1),
    ...rest.map((_, i) => 2 * blocks + 1 + i),
  ];
  return reshapeNode(transpose(apart, order), [batch * sizeOf(blockShape), ...space, ...rest]);
}

/** Kernels of pictures, NHWC. */
export const imageKernels: Readonly<Record<string, TraceKernel>> = {
  AvgPool: ({ x }, attributes: AvgPoolAttrs) => pool('AveragePool', x!, attributes),
  AvgPoolGrad: ({ dy, input }, attributes: AvgPoolAttrs) =>
    averagePoolGradient(dy!, input!.shape as Shape4, attributes),
  MaxPool: ({ x }, attributes: MaxPoolAttrs) => pool('MaxPool', x!, attributes),
  MaxPoolGrad: ({ dy, input }, attributes: MaxPoolAttrs) => maxPoolGradient(dy!, input!, attributes),
  MaxPoolWithArgmax: ({ x }, attributes: MaxPoolWithArgmaxAttrs) => [
    pool('MaxPool', x!, attributes),
    argmaxOfPool(x!, attributes),
  ],
  ResizeBilinear: ({ images }, attributes: ResizeBilinearAttrs) =>
    resize(images!, attributes, 'linear', 'floor'),
  ResizeNearestNeighbor: ({ images }, attributes: ResizeNearestNeighborAttrs) =>
    resize(
      images!,
      attributes,
      'nearest',
      attributes.alignCorners || attributes.halfPixelCenters ? 'round_prefer_ceil' : 'floor',
    ),
  DepthToSpace: ({ x }, { blockSize, dataFormat }: DepthToSpaceAttrs) => {
    if (dataFormat !== 'NHWC')
      throw new RangeError(`depthToSpace: expected dataFormat NHWC, got ${dataFormat}`);
    const [batch, height, width, channels] = x!.shape as Shape4;
    const shape = [batch, height * blockSize, width * blockSize, channels / blockSize ** 2];
    return { op: 'DepthToSpace', inputs: [x!], attributes: { blocksize: blockSize }, shape, dtype: x!.dtype };
  },
  BatchToSpaceND: ({ x }, attributes: BatchToSpaceNDAttrs) => batchToSpace(x!, attributes),
  SpaceToBatchND: ({ x }, attributes: SpaceToBatchNDAttrs) => spaceToBatch(x!, attributes),
  FlipLeftRight: ({ image }) => slice(image!, [0, 0, image!.shape[2]! - 1, 0], image!.shape, [1, 1, -1, 1]),
  FusedBatchNorm: (
    { x, mean, variance, offset, scale },
    { varianceEpsilon }: { varianceEpsilon: number },
  ) => {
    const deviation = elementwise('Sqrt', [add(variance!, filled(varianceEpsilon))]);
    const normal = mul(sub(x!, mean!), div(scale ?? filled(1), deviation));
    return offset === undefined ? normal : add(normal, offset);
  },
};

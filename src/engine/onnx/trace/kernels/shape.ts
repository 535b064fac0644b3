import {
  type ConcatAttrs,
  type ExpandDimsAttrs,
  type FillAttrs,
  type LinSpaceAttrs,
  type MirrorPadAttrs,
  type PackAttrs,
  type PadV2Attrs,
  type RangeAttrs,
  type ReshapeAttrs,
  type ReverseAttrs,
  type SliceAttrs,
  type SplitVAttrs,
  type StridedSliceAttrs,
  slice_util,
  type TileAttrs,
  type TransposeAttrs,
  type UnpackAttrs,
  util,
} from '@tensorflow/tfjs-core';
import { type DType, sizeOf } from '../../../value.ts';
import { concat, constant, expand, filled, pad, reshapeNode, slice, transpose } from '../../build.ts';
import type { Node } from '../../graph.ts';
import { axesOf, type TraceKernel } from './kernel.ts';

function splitInto(x: Node, axis: number, sizes: readonly number[]): Node[] {
  let from = 0;
  return sizes.map((size) => {
    const begin = x.shape.map((_, i) => (i === axis ? from : 0));
    from += size;
    return slice(
      x,
      begin,
      x.shape.map((whole, i) => (i === axis ? size : whole)),
    );
  });
}

function reversed(x: Node, axes: readonly number[]): Node {
  const begin = x.shape.map((size, i) => (axes.includes(i) ? size - 1 : 0));
  return slice(
    x,
    begin,
    x.shape,
    x.shape.map((_, i) => (axes.includes(i) ? -1 : 1)),
  );
}

/** Pads with the values at the edge, mirrored; `skip` elements next to the edge are left out. */
function mirrored(x: Node, paddings: readonly (readonly [number, number])[], skip: number): Node {
  return paddings.reduce((whole, [before, after], axis) => {
    const part = (from: number, size: number) =>
      reversed(
        slice(
          whole,
          whole.shape.map((_, i) => (i === axis ? from : 0)),
          whole.shape.map((all, i) => (i === axis ? size : all)),
        ),
        [axis],
      );
    const parts = [whole];
    if (before > 0) parts.unshift(part(skip, before));
    if (after > 0) parts.push(part(whole.shape[axis]! - skip - after, after));
    return parts.length === 1 ? whole : concat(parts, axis);
  }, x);
}

function insertedOne(shape: readonly number[], at: number): number[] {
  const whole = [...shape];
  whole.splice(at, 0, 1);
  return whole;
}

function stridedSlice(x: Node, attributes: StridedSliceAttrs): Node {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
  const info = slice_util.sliceInfo(
    [...x.shape],
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
  const taken = slice_util.computeOutShape(info.begin, info.end, info.strides);
  return reshapeNode(slice(x, info.begin, taken, info.strides), info.finalShape);
}

/** Kernels that move elements and compute nothing. */
export const shapeKernels: Readonly<Record<string, TraceKernel>> = {
  Reshape: ({ x }, { shape }: ReshapeAttrs) =>
    reshapeNode(x!, util.inferFromImplicitShape(shape, sizeOf(x!.shape))),
  ExpandDims: ({ input }, { dim }: ExpandDimsAttrs) =>
    reshapeNode(input!, insertedOne(input!.shape, dim < 0 ? input!.shape.length + dim + 1 : dim)),
  Transpose: ({ x }, { perm }: TransposeAttrs) => transpose(x!, perm),
  Concat: (inputs, { axis }: ConcatAttrs) => {
    const parts = Object.values(inputs);
    return concat(parts, axesOf(axis, parts[0]!.shape)[0]!);
  },
  Pack: (inputs, { axis }: PackAttrs) => {
    const parts = Object.values(inputs);
    const at = axis < 0 ? parts[0]!.shape.length + 1 + axis : axis;
    return concat(
      parts.map((part) => reshapeNode(part, insertedOne(part.shape, at))),
      at,
    );
  },
  Unpack: ({ value }, { axis }: UnpackAttrs) => {
    const at = axesOf(axis, value!.shape)[0]!;
    const parts = splitInto(
      value!,
      at,
      Array.from({ length: value!.shape[at]! }, () => 1),
    );
    return parts.map((part) =>
      reshapeNode(
        part,
        part.shape.filter((_, i) => i !== at),
      ),
    );
  },
  SplitV: ({ x }, { numOrSizeSplits, axis }: SplitVAttrs) => {
    const at = axesOf(axis, x!.shape)[0]!;
    const whole = x!.shape[at]!;
    const sizes = [numOrSizeSplits].flat();
    if (typeof numOrSizeSplits === 'number')
      return splitInto(
        x!,
        at,
        Array.from({ length: numOrSizeSplits }, () => whole / numOrSizeSplits),
      );
    const rest = whole - sizes.reduce((sum, size) => sum + Math.max(size, 0), 0);
    return splitInto(
      x!,
      at,
      sizes.map((size) => (size < 0 ? rest : size)),
    );
  },
  Slice: ({ x }, { begin, size }: SliceAttrs) => {
    const [from, taken] = slice_util.parseSliceParams(
      { shape: x!.shape, rank: x!.shape.length } as never,
      begin,
      size,
    );
    return slice(x!, from!, taken!);
  },
  StridedSlice: ({ x }, attributes: StridedSliceAttrs) => stridedSlice(x!, attributes),
  Reverse: ({ x }, { dims }: ReverseAttrs) => reversed(x!, axesOf(dims, x!.shape)),
  PadV2: ({ x }, { paddings, constantValue }: PadV2Attrs) =>
    pad(
      x!,
      paddings.map(([before]) => before),
      paddings.map(([, after]) => after),
      constantValue,
    ),
  MirrorPad: ({ x }, { paddings, mode }: MirrorPadAttrs) =>
    mirrored(x!, paddings, mode === 'reflect' ? 1 : 0),
  Tile: ({ x }, { reps }: TileAttrs) => {
    const apart = reshapeNode(
      x!,
      x!.shape.flatMap((size) => [1, size]),
    );
    const repeated = expand(
      apart,
      x!.shape.flatMap((size, i) => [reps[i]!, size]),
    );
    return reshapeNode(
      repeated,
      x!.shape.map((size, i) => size * reps[i]!),
    );
  },
  Fill: (_, { shape, value, dtype }: FillAttrs) => filled(value as number, shape, dtype as DType),
  Range: (_, { start, stop, step, dtype }: RangeAttrs) => {
    const count = start === stop ? 0 : Math.max(0, Math.ceil((stop - start) / step));
    const values = Array.from({ length: count }, (_, i) => start + i * step);
    return dtype === 'int32'
      ? constant(Int32Array.from(values), [count], dtype)
      : constant(Float32Array.from(values), [count], 'float32');
  },
  LinSpace: (_, { start, stop, num }: LinSpaceAttrs) =>
    constant(
      Float32Array.from({ length: num }, (_, i) => start + (i * (stop - start)) / Math.max(1, num - 1)),
      [num],
      'float32',
    ),
};

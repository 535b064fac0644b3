import type {
  GatherV2Attrs,
  OneHotAttrs,
  ScatterNdAttrs,
  TopKAttrs,
  UnsortedSegmentSumAttrs,
} from '@tensorflow/tfjs-core';
import { type DType, sizeOf } from '../../../value.ts';
import {
  add,
  cast,
  constant,
  counting,
  equal,
  filled,
  matMul,
  mul,
  reduce,
  reshapeNode,
  where,
} from '../../build.ts';
import type { Node } from '../../graph.ts';
import { axesOf, type TraceKernel } from './kernel.ts';

function gather(x: Node, indices: Node, axis: number): Node {
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  return { op: 'Gather', inputs: [x, indices], attributes: { axis }, shape, dtype: x.dtype };
}

/**
 * Each batch has its own indices: all batches are laid end to end, and the indices of each are
 * moved to where it lies.
 */
function batchedGather(x: Node, indices: Node, batchDims: number): Node {
  const batch = x.shape.slice(0, batchDims);
  const size = x.shape[batchDims]!;
  const inner = x.shape.slice(batchDims + 1);
  const count = sizeOf(batch);
  const rows = reshapeNode(x, [count * size, ...inner]);
  const offsets = reshapeNode(mul(counting(count), filled(size, [], 'int32')), [count, 1]);
  const moved = add(reshapeNode(indices, [count, sizeOf(indices.shape) / count]), offsets);
  return reshapeNode(gather(rows, moved, 0), [...batch, ...indices.shape.slice(batchDims), ...inner]);
}

/**
 * One-hot sums rather than a scatter: they are the same from run to run however many threads share
 * them.
 */
function segmentSum(x: Node, ids: Node, segments: number): Node {
  const rows = sizeOf(ids.shape);
  const inner = x.shape.slice(ids.shape.length);
  const member = equal(
    reshapeNode(counting(segments), [segments, 1]),
    reshapeNode(cast(ids, 'int32'), [1, rows]),
  );
  const sums = matMul(cast(member, 'float32'), reshapeNode(cast(x, 'float32'), [rows, sizeOf(inner)]));
  return cast(reshapeNode(sums, [segments, ...inner]), x.dtype);
}

/**
 * Coordinates along the first axes of a shape, which the last axis of `indices` holds, as one
 * number each.
 */
function places(indices: Node, shape: readonly number[]): Node {
  const depth = indices.shape.at(-1)!;
  const steps = Int32Array.from({ length: depth }, (_, i) => sizeOf(shape.slice(i + 1, depth)));
  const flat = reduce('ReduceSum', mul(cast(indices, 'int32'), constant(steps, [depth], 'int32')), [
    indices.shape.length - 1,
  ]);
  return reshapeNode(flat, indices.shape.slice(0, -1));
}

/** A tensor with the axes that `indices` counts along as one. */
function merged(x: Node, indices: Node): Node {
  const depth = indices.shape.at(-1)!;
  return reshapeNode(x, [sizeOf(x.shape.slice(0, depth)), ...x.shape.slice(depth)]);
}

/** Kernels that pick elements by number. */
export const selectionKernels: Readonly<Record<string, TraceKernel>> = {
  GatherV2: ({ x, indices }, { axis, batchDims }: GatherV2Attrs) => {
    const at = axesOf(axis, x!.shape)[0]!;
    const whole = cast(indices!, 'int32');
    if (batchDims === 0) return gather(x!, whole, at);
    if (batchDims !== at)
      throw new RangeError(`gather: expected batchDims to be 0 or the axis ${at}, got ${batchDims}`);
    return batchedGather(x!, whole, batchDims);
  },
  OneHot: ({ indices }, { depth, onValue, offValue, dtype }: OneHotAttrs) => {
    const type = (dtype ?? 'float32') as DType;
    const hit = equal(reshapeNode(cast(indices!, 'int32'), [...indices!.shape, 1]), counting(depth));
    return onValue === 1 && offValue === 0
      ? cast(hit, type)
      : where(hit, filled(onValue, [], type), filled(offValue, [], type));
  },
  UnsortedSegmentSum: ({ x, segmentIds }, { numSegments }: UnsortedSegmentSumAttrs) =>
    segmentSum(x!, segmentIds!, numSegments),
  GatherNd: ({ params, indices }) => gather(merged(params!, indices!), places(indices!, params!.shape), 0),
  ScatterNd: ({ indices, updates }, { shape }: ScatterNdAttrs) => {
    const segments = sizeOf(shape.slice(0, indices!.shape.at(-1)!));
    return reshapeNode(segmentSum(updates!, places(indices!, shape), segments), shape);
  },
  TopK: ({ x }, { k, sorted }: TopKAttrs) => {
    const shape = [...x!.shape.slice(0, -1), k];
    const top = (op: string, dtype: DType): Node => ({
      op,
      inputs: [x!],
      attributes: { k, sorted },
      shape,
      dtype,
    });
    return [top('TopKValues', x!.dtype), top('TopKIndices', 'int32')];
  },
};

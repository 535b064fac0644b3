import type { GatherV2Attrs, OneHotAttrs, UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import { type DType, sizeOf } from '../../../value.ts';
import { add, cast, counting, equal, filled, matMul, mul, reshape, where } from '../../build.ts';
import type { Node } from '../../graph.ts';
import { axesOf, type Kernel } from './kernel.ts';

function gather(x: Node, indices: Node, axis: number): Node {
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  return { op: 'Gather', inputs: [x, indices], attributes: { axis }, shape, dtype: x.dtype };
}

/** Each batch has its own indices: all batches are laid end to end, and the indices of each are moved to where it lies. */
function batchedGather(x: Node, indices: Node, batchDims: number): Node {
  const batch = x.shape.slice(0, batchDims);
  const size = x.shape[batchDims]!;
  const inner = x.shape.slice(batchDims + 1);
  const count = sizeOf(batch);
  const rows = reshape(x, [count * size, ...inner]);
  const offsets = reshape(mul(counting(count), filled(size, [], 'int32')), [count, 1]);
  const moved = add(reshape(indices, [count, sizeOf(indices.shape) / count]), offsets);
  return reshape(gather(rows, moved, 0), [...batch, ...indices.shape.slice(batchDims), ...inner]);
}

/** Kernels that pick elements by number. */
export const selectionKernels: Readonly<Record<string, Kernel>> = {
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
    const hit = equal(reshape(cast(indices!, 'int32'), [...indices!.shape, 1]), counting(depth));
    return onValue === 1 && offValue === 0
      ? cast(hit, type)
      : where(hit, filled(onValue, [], type), filled(offValue, [], type));
  },
  // A matrix product rather than a scatter: it is the same from run to run however many threads share it.
  UnsortedSegmentSum: ({ x, segmentIds }, { numSegments }: UnsortedSegmentSumAttrs) => {
    const ids = cast(segmentIds!, 'int32');
    const rows = ids.shape[0]!;
    const inner = x!.shape.slice(1);
    const member = equal(reshape(counting(numSegments), [numSegments, 1]), reshape(ids, [1, rows]));
    const sums = matMul(cast(member, 'float32'), reshape(cast(x!, 'float32'), [rows, sizeOf(inner)]));
    return cast(reshape(sums, [numSegments, ...inner]), x!.dtype);
  },
};

import type { ArgMaxAttrs, CumsumAttrs, MaxAttrs, SoftmaxAttrs, SumAttrs } from '@tensorflow/tfjs-core';
import type { DType } from '../../../value.ts';
import { cast, reduce, reshapeNode } from '../../build.ts';
import type { Node } from '../../graph.ts';
import { axesOf, type TraceKernel } from './kernel.ts';

function reduced(op: string, x: Node, axis: unknown, keepDims: boolean, dtype?: DType): Node {
  const axes = axesOf(axis, x.shape);
  const kept = reduce(op, x, axes, dtype);
  return keepDims
    ? kept
    : reshapeNode(
        kept,
        x.shape.filter((_, i) => !axes.includes(i)),
      );
}

const reduction =
  (op: string): TraceKernel =>
  ({ x }, { axis, keepDims }: SumAttrs) =>
    reduced(op, x!, axis, keepDims);

/** Logic over an axis by way of integers, since ONNX reduces no truth values. */
const logical =
  (op: string): TraceKernel =>
  ({ x }, { axis, keepDims }: SumAttrs) =>
    cast(reduced(op, cast(x!, 'int32'), axis, keepDims), 'bool');

const argument =
  (op: string): TraceKernel =>
  ({ x }, { axis }: ArgMaxAttrs) =>
    reduced(op, x!, axis, false, 'int32');

/** Kernels that work along an axis. */
export const reductionKernels: Readonly<Record<string, TraceKernel>> = {
  Sum: ({ x }, { axis, keepDims }: SumAttrs) =>
    reduced('ReduceSum', x!.dtype === 'bool' ? cast(x!, 'int32') : x!, axis, keepDims),
  Mean: ({ x }, { axis, keepDims }: SumAttrs) => reduced('ReduceMean', cast(x!, 'float32'), axis, keepDims),
  Prod: reduction('ReduceProd'),
  Min: reduction('ReduceMin'),
  Max: ({ x }, { reductionIndices, keepDims }: MaxAttrs) =>
    reduced('ReduceMax', x!, reductionIndices, keepDims),
  All: logical('ReduceMin'),
  Any: logical('ReduceMax'),
  ArgMax: argument('ArgMax'),
  ArgMin: argument('ArgMin'),
  Softmax: ({ logits }, { dim }: SoftmaxAttrs) =>
    alongAxis('Softmax', logits!, { axis: axesOf(dim, logits!.shape)[0]! }),
  Cumsum: ({ x }, { axis, exclusive, reverse }: CumsumAttrs) =>
    alongAxis('CumSum', x!, { axis: axesOf(axis, x!.shape)[0]!, exclusive, reverse }),
};

function alongAxis(op: string, x: Node, attributes: Node['attributes']): Node {
  return { op, inputs: [x], attributes, shape: x.shape, dtype: x.dtype };
}

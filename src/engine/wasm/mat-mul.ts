import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { floats, window } from './heap.ts';
import type { WasmKernel } from './kernel.ts';

/** Multiplications per matrix from which the fast path pays for its extra calls: measured. */
const worthwhile = 6_000;

/**
 * Matrix multiplication that transposes first and goes through a batch one by one. The stock kernel
 * is fast only for one plain product: for a transposed operand or a batch it falls back to a naive
 * loop that is 12 times slower.
 */
export function matMulKernel(stock: WasmKernel, transpose: WasmKernel): WasmKernel {
  return (backend, { a, b }, attributes) => {
    const [rowsA, columnsA] = a!.shape.slice(-2) as [number, number];
    const [rowsB, columnsB] = b!.shape.slice(-2) as [number, number];
    const columns = attributes.transposeB ? rowsB : columnsB;
    const batch = batchOf(a!, b!);
    if (rowsA * columnsA * columns < worthwhile) return stock(backend, { a: a!, b: b! }, attributes);
    const left = attributes.transposeA ? transposed(backend, a!, transpose) : a!;
    const right = attributes.transposeB ? transposed(backend, b!, transpose) : b!;
    const multiply = (x: TensorInfo, y: TensorInfo) =>
      stock(backend, { a: x, b: y }, { transposeA: false, transposeB: false });
    const out =
      countOf(right) === 1 ? atOnce(left, right, multiply) : oneByOne(backend, left, right, multiply);
    out.shape = [...batch, out.shape.at(-2)!, out.shape.at(-1)!];
    if (left !== a) backend.disposeData(left.dataId);
    if (right !== b) backend.disposeData(right.dataId);
    return out;
  };
}

/**
 * The batch axes of a product; stock TensorFlow.js computes nonsense when both operands have to be
 * repeated.
 */
function batchOf(a: TensorInfo, b: TensorInfo): number[] {
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batch = broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const size = util.sizeFromShape(batch);
  for (const own of [batchA, batchB]) {
    if (util.sizeFromShape(own) !== 1 && util.sizeFromShape(own) !== size)
      throw new RangeError(
        `matMul: expected batches that are equal, or one of 1, got [${batchA}] and [${batchB}]`,
      );
  }
  return batch;
}

function transposed(backend: BackendWasm, x: TensorInfo, transpose: WasmKernel): TensorInfo {
  const last = x.shape.length - 1;
  const perm = [...x.shape.keys()];
  [perm[last - 1], perm[last]] = [last, last - 1];
  return transpose(backend, { x }, { perm });
}

type Multiply = (x: TensorInfo, y: TensorInfo) => TensorInfo;

/** The number of matrices in a batch. */
const countOf = (x: TensorInfo) => util.sizeFromShape(x.shape.slice(0, -2));

/** The products of a batch with one matrix: those of all its rows. */
function atOnce(a: TensorInfo, b: TensorInfo, multiply: Multiply): TensorInfo {
  const [rows, shared] = a.shape.slice(-2) as [number, number];
  const columns = b.shape.at(-1)!;
  const product = multiply({ ...a, shape: [countOf(a) * rows, shared] }, { ...b, shape: [shared, columns] });
  return { ...product, shape: [rows, columns] };
}

/** The products of two batches, or of one matrix with a batch. */
function oneByOne(backend: BackendWasm, a: TensorInfo, b: TensorInfo, multiply: Multiply): TensorInfo {
  const matrix = (x: TensorInfo, index: number) => {
    const shape = x.shape.slice(-2);
    return window(backend, x, countOf(x) === 1 ? 0 : index * util.sizeFromShape(shape), shape);
  };
  const [rows, columns] = [a.shape.at(-2)!, b.shape.at(-1)!];
  const out = backend.makeOutput([countOf(b), rows, columns], 'float32');
  for (let i = 0; i < countOf(b); i++) {
    const [x, y] = [matrix(a, i), matrix(b, i)];
    const product = multiply(x.tensor, y.tensor);
    floats(backend, out).set(floats(backend, product), i * rows * columns);
    backend.disposeData(product.dataId);
    x.release();
    y.release();
  }
  return out;
}

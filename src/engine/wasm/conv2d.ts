import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { floats, window } from './heap.ts';
import type { WasmKernel } from './kernel.ts';
import { addPatches, type Patches, patchesOf, readPatches } from './patches.ts';

/**
 * Patches are multiplied so many at a time, so that they stay in the processor's cache: measured.
 */
const patchesAtOnce = 256;

/**
 * Calls `work` for each block of output positions, with the rows of `dy` (positions by channels)
 * that belong to it.
 */
function eachBlock(
  backend: BackendWasm,
  p: Patches,
  dy: TensorInfo,
  work: (rows: TensorInfo, from: number, until: number) => void,
): void {
  const positions = p.batchSize * p.outHeight * p.outWidth;
  for (let from = 0; from < positions; from += patchesAtOnce) {
    const until = Math.min(from + patchesAtOnce, positions);
    const rows = window(backend, dy, from * p.outChannels, [until - from, p.outChannels]);
    work(rows.tensor, from, until);
    rows.release();
  }
}

/**
 * A convolution, with its padding spelt out: given as `same`, the stock kernel computes nonsense
 * for strides beyond the filter, and where `patchesOf` refuses a number, it writes beyond its
 * memory.
 */
export function conv2dKernel(stock: WasmKernel): WasmKernel {
  return (backend, { x, filter }, attributes) => {
    const { top, bottom, left, right } = patchesOf(x!.shape, filter!.shape, attributes).padInfo;
    const pad = [[0, 0], [top, bottom], [left, right], [0, 0]]; // biome-ignore format: one line
    return stock(backend, { x: x!, filter: filter! }, { ...attributes, pad: pad as never });
  };
}

/**
 * The gradient of a convolution by its filter, which the WebAssembly backend lacks: patches
 * transposed, times dy.
 */
export function conv2dFilterKernel(matMul: WasmKernel): WasmKernel {
  return (backend, { x, dy }, attributes) => {
    const filterShape = attributes.filterShape as number[];
    const p = patchesOf(x!.shape, filterShape, attributes);
    const out = backend.makeOutput(filterShape, 'float32');
    floats(backend, out).fill(0);
    const taps = p.filterHeight * p.filterWidth * p.inChannels;
    eachBlock(backend, p, dy!, (rows, from, until) => {
      const patches = backend.makeOutput([until - from, taps], 'float32');
      readPatches(p, floats(backend, x!), floats(backend, patches), from, until);
      const product = matMul(backend, { a: patches, b: rows }, { transposeA: true, transposeB: false });
      const [sum, part] = [floats(backend, out), floats(backend, product)];
      for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
      backend.disposeData(patches.dataId);
      backend.disposeData(product.dataId);
    });
    return out;
  };
}

/**
 * The gradient of a convolution by its input (a transposed convolution): dy times the filter, added
 * up over the patches.
 */
export function conv2dInputKernel(matMul: WasmKernel, transpose: WasmKernel): WasmKernel {
  return (backend, { dy, filter }, attributes) => {
    const inputShape = attributes.inputShape as number[];
    const p = patchesOf(inputShape, filter!.shape, attributes);
    const out = backend.makeOutput(inputShape, 'float32');
    floats(backend, out).fill(0);
    const taps = p.filterHeight * p.filterWidth * p.inChannels;
    const flat = { ...filter!, shape: [taps, p.outChannels] };
    const upright = transpose(backend, { x: flat }, { perm: [1, 0] });
    eachBlock(backend, p, dy!, (rows, from, until) => {
      const patches = matMul(backend, { a: rows, b: upright }, { transposeA: false, transposeB: false });
      addPatches(p, floats(backend, patches), floats(backend, out), from, until);
      backend.disposeData(patches.dataId);
    });
    backend.disposeData(upright.dataId);
    return out;
  };
}

import { util } from '@tensorflow/tfjs-core';
import { integers } from './heap.ts';
import type { WasmKernel } from './kernel.ts';

/**
 * Picking rows by number. The kernel that comes with the WebAssembly backend picks from the wrong
 * rows where each of a batch has its own indices; here all batches are laid end to end for it, and
 * the indices of each are moved to where it lies.
 */
export function gatherKernel(stock: WasmKernel): WasmKernel {
  return (backend, { x, indices }, attributes) => {
    const batchDims = attributes.batchDims as number;
    if (batchDims === 0) return stock(backend, { x: x!, indices: indices! }, attributes);
    const size = x!.shape[batchDims]!;
    const inner = x!.shape.slice(batchDims + 1);
    const batches = util.sizeFromShape(x!.shape.slice(0, batchDims));
    const moved = backend.makeOutput([util.sizeFromShape(indices!.shape)], 'int32');
    const [from, to] = [integers(backend, indices!), integers(backend, moved)];
    const each = from.length / batches;
    for (let i = 0; i < from.length; i++) to[i] = from[i]! + Math.floor(i / each) * size;
    const rows = { ...x!, shape: [batches * size, ...inner] };
    const taken = stock(backend, { x: rows, indices: moved }, { axis: 0, batchDims: 0 });
    backend.disposeData(moved.dataId);
    return {
      ...taken,
      shape: [...x!.shape.slice(0, batchDims), ...indices!.shape.slice(batchDims), ...inner],
    };
  };
}

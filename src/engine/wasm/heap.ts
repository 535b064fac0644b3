import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/**
 * The elements of a float32 tensor where they lie. The view is void after the next allocation,
 * which may move the heap.
 */
export function floats(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/** The elements of an int32 tensor where they lie, for as long as `floats`. */
export function integers(backend: BackendWasm, tensor: TensorInfo): Int32Array {
  return backend.typedArrayFromHeap(tensor) as Int32Array;
}

/** A tensor that shares the memory of `owner` from an element on; `release` it before its owner. */
export function window(
  backend: BackendWasm,
  owner: TensorInfo,
  element: number,
  shape: readonly number[],
): { readonly tensor: TensorInfo; release(): void } {
  const { memoryOffset } = backend.dataIdMap.get(owner.dataId);
  const tensor = backend.makeOutput([...shape], owner.dtype, memoryOffset + 4 * element);
  return {
    tensor,
    release: () => {
      // Not `disposeData`, which would free memory that belongs to the owner.
      backend.wasm.tfjs.disposeData(backend.dataIdMap.get(tensor.dataId).id);
      backend.dataIdMap.delete(tensor.dataId);
    },
  };
}

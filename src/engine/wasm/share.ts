import type { WasmKernel } from './kernel.ts';

/**
 * Identity without a copy: both tensors share their memory, which is safe because tensors never
 * change.
 */
export const identityKernel: WasmKernel = (backend, { x }) => {
  backend.incRef(x!.dataId);
  return { dataId: x!.dataId, shape: x!.shape, dtype: x!.dtype };
};

/** A cast that copies only where the type changes. */
export function castKernel(stock: WasmKernel): WasmKernel {
  return (backend, inputs, attributes) =>
    inputs.x!.dtype === attributes.dtype
      ? identityKernel(backend, inputs, attributes)
      : stock(backend, inputs, attributes);
}

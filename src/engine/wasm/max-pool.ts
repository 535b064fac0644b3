import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend_util, type NamedAttrMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { floats, integers } from './heap.ts';
import type { KernelOfMany, WasmKernel } from './kernel.ts';

/**
 * For every output of max pooling, the place of its maximum in the input, counted over the whole
 * batch. The stock kernels find none where all of a window is negative: they lose its gradient,
 * silently.
 */
function winners(backend: BackendWasm, x: TensorInfo, attributes: NamedAttrMap, out: Int32Array): void {
  const p = infoOf(x, attributes);
  const values = floats(backend, x);
  let at = 0;
  for (let image = 0; image < p.batchSize; image++)
    for (let down = 0; down < p.outHeight; down++)
      for (let across = 0; across < p.outWidth; across++) {
        const [top, left] = [down * p.strideHeight - p.padInfo.top, across * p.strideWidth - p.padInfo.left];
        for (let channel = 0; channel < p.inChannels; channel++, at++) {
          let best = -1;
          for (let row = Math.max(top, 0); row < Math.min(top + p.filterHeight, p.inHeight); row++)
            for (
              let column = Math.max(left, 0);
              column < Math.min(left + p.filterWidth, p.inWidth);
              column++
            ) {
              const place = ((image * p.inHeight + row) * p.inWidth + column) * p.inChannels + channel;
              if (best < 0 || values[place]! > values[best]!) best = place;
            }
          out[at] = best;
        }
      }
}

function infoOf(x: TensorInfo, { filterSize, strides, pad, dimRoundingMode }: NamedAttrMap) {
  return backend_util.computePool2DInfo(
    x.shape as [number, number, number, number],
    filterSize as number,
    strides as number,
    1,
    pad as 'same',
    dimRoundingMode as 'floor',
  );
}

/** The gradient of max pooling: each element of dy goes to where the maximum was. */
export const maxPoolGradKernel: WasmKernel = (backend, { dy, input }, attributes) => {
  const places = new Int32Array(floats(backend, dy!).length);
  winners(backend, input!, attributes, places);
  const out = backend.makeOutput(input!.shape, 'float32');
  const [gradient, sum] = [floats(backend, dy!), floats(backend, out)];
  sum.fill(0);
  for (let i = 0; i < places.length; i++) sum[places[i]!]! += gradient[i]!;
  return out;
};

/** Max pooling, and where the maxima were. */
export const maxPoolWithArgmaxKernel: KernelOfMany = (backend, { x }, attributes) => {
  if (!attributes.includeBatchInIndex)
    throw new RangeError('maxPoolWithArgmax: expected includeBatchInIndex on wasm');
  const { outShape } = infoOf(x!, attributes);
  const pooled = backend.makeOutput(outShape, 'float32');
  const indexes = backend.makeOutput(outShape, 'int32');
  const [values, maxima, places] = [floats(backend, x!), floats(backend, pooled), integers(backend, indexes)];
  winners(backend, x!, attributes, places);
  for (let i = 0; i < places.length; i++) maxima[i] = values[places[i]!]!;
  return [pooled, indexes];
};

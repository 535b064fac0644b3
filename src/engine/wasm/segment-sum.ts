import { util } from '@tensorflow/tfjs-core';
import { floats, integers } from './heap.ts';
import type { WasmKernel } from './kernel.ts';

/**
 * The sums of the rows that share a segment, which the WebAssembly backend lacks: the gradient of
 * `tf.gather`. Rows of segments that do not exist are dropped.
 */
export const segmentSumKernel: WasmKernel = (backend, { x, segmentIds }, attributes) => {
  const segments = attributes.numSegments as number;
  const rowShape = x!.shape.slice(1);
  const length = util.sizeFromShape(rowShape);
  const out = backend.makeOutput([segments, ...rowShape], 'float32');
  const [rows, sums, ids] = [floats(backend, x!), floats(backend, out), integers(backend, segmentIds!)];
  sums.fill(0);
  for (let row = 0; row < ids.length; row++) {
    const segment = ids[row]!;
    if (segment < 0 || segment >= segments) continue;
    for (let i = 0; i < length; i++) sums[segment * length + i]! += rows[row * length + i]!;
  }
  return out;
};

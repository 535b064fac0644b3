import { wholeNumber } from '../base/index.ts';
import { sizeOf, Value } from '../engine/index.ts';

/** Draws [count, ...shape] by seed, as a trainer does. */
export type Draw = (count: number, seed: number) => Promise<Value>;

/** Samples that are drawn at once: one program whatever the number, and memory that stays small. */
const chunk = 100;

/**
 * Many samples, [count, ...shape], drawn in parts. The same seed gives the same noise at every
 * stage of training.
 */
export async function drawSamples(draw: Draw, count: number, seed = 0): Promise<Value> {
  wholeNumber('drawSamples: count', count, 1);
  const first = await draw(chunk, 1000 * seed);
  const shape = first.shape.slice(1);
  const each = sizeOf(shape);
  const data = new Float32Array(count * each);
  for (let start = 0, part = first; ; ) {
    data.set(part.data.subarray(0, Math.min(part.data.length, data.length - start * each)), start * each);
    start += chunk;
    if (start >= count) return new Value('float32', [count, ...shape], data);
    part = await draw(chunk, 1000 * seed + start / chunk);
  }
}

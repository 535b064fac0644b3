import { positiveNumber } from '../base/index.ts';
import { fillBits, fold, type Key, Value } from '../engine/index.ts';

/**
 * Noise whose normal numbers are drawn again where their magnitude is above a threshold, until it
 * is not: samples become more alike and more typical. Numbers within the threshold stay as they
 * are. Brock et al., BigGAN, https://arxiv.org/abs/1809.11096, section 3.1 (truncation trick).
 * @param noise [count, size]
 * @param normal how many numbers of a row, from the first, are N(0, 1); others stay
 * @param first number of the first row, by which it is drawn
 * @throws RangeError for a threshold that is not above 0
 */
export function truncateNoise(noise: Value, normal: number, threshold: number, key: Key, first = 0): Value {
  positiveNumber('truncation', threshold);
  const [count = 0, size = 0] = noise.shape;
  const data = Float32Array.from(noise.data);
  for (let row = 0; row < count; row++) {
    const ofRow = fold(key, first + row);
    for (let i = 0; i < normal; i++) {
      const at = row * size + i;
      if (Math.abs(data[at]!) > threshold) data[at] = truncatedNormal(fold(ofRow, i), threshold);
    }
  }
  return new Value('float32', noise.shape, data);
}

/**
 * N(0, 1) between -threshold and threshold, by rejection: uniform proposals, each accepted with the
 * probability exp(-x^2 / 2).
 */
function truncatedNormal(key: Key, threshold: number): number {
  const bits = new Uint32Array(2);
  for (let start = 0; ; start += 2) {
    fillBits(key, bits, start);
    const x = threshold * (bits[0]! / 2 ** 31 - 1);
    if (bits[1]! / 2 ** 32 < Math.exp(-(x ** 2) / 2)) return x;
  }
}

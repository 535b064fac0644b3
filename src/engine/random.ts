import { sizeOf, Value } from './value.ts';

/**
 * A key names a stream of random numbers. Everything drawn is a pure function of its key, and keys
 * are made from (seed, name, index), so there is no generator state to save: a run that resumes at
 * step 1,000 draws what it would have drawn without the stop.
 */
export interface Key {
  readonly high: number;
  readonly low: number;
}

/**
 * Threefry-2x32 with 20 rounds, written into `out[at]` and `out[at + 1]`: a keyed bijection on 64
 * bits that passes BigCrush. Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011,
 * section 4.
 */
export function threefry2x32(key: Key, high: number, low: number, out: Uint32Array, at = 0): void {
  const first = key.high | 0;
  const second = key.low | 0;
  const third = 0x1bd11bda ^ first ^ second;
  let a = (high + first) | 0;
  let b = (low + second) | 0;
  // The rounds are unrolled: all random numbers come from this function.
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + second) | 0;
  b = (b + third + 1) | 0;
  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a;
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a;
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a;
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a;
  a = (a + third) | 0;
  b = (b + first + 2) | 0;
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + first) | 0;
  b = (b + second + 3) | 0;
  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a;
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a;
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a;
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a;
  a = (a + second) | 0;
  b = (b + third + 4) | 0;
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + third) | 0;
  b = (b + first + 5) | 0;
  out[at] = a;
  out[at + 1] = b;
}

const scratch = new Uint32Array(2);

function draw(key: Key, high: number, low: number): Key {
  threefry2x32(key, high, low, scratch);
  return { high: scratch[0]!, low: scratch[1]! };
}

/**
 * The key of a part of what `parent` names: a name (text) or a number (whole, from 0). Siblings are
 * independent.
 */
export function fold(parent: Key, part: string | number): Key {
  if (typeof part === 'number') {
    if (!Number.isSafeInteger(part) || part < 0)
      throw new RangeError(`fold: expected a whole number from 0, got ${part}`);
    return draw(parent, Math.floor(part / 2 ** 32), part >>> 0);
  }
  const bytes = new TextEncoder().encode(part);
  // A length and a tag first, so that no text shares its path through the cipher with another text
  // or a number.
  let key = draw(parent, 0xffffffff, bytes.length);
  for (let i = 0; i < bytes.length; i += 8) {
    const word = (at: number) =>
      ((bytes[at] ?? 0) |
        ((bytes[at + 1] ?? 0) << 8) |
        ((bytes[at + 2] ?? 0) << 16) |
        ((bytes[at + 3] ?? 0) << 24)) >>>
      0;
    key = draw(key, word(i), word(i + 4));
  }
  return key;
}

/**
 * The key of (seed, name, index): the root of everything random. `seed` and `index` are whole
 * numbers from 0.
 */
export function keyOf(seed: number, name = '', index = 0): Key {
  return fold(fold(fold({ high: 0, low: 0 }, seed), name), index);
}

/** Fills `out` with uniform 32-bit integers of the key, from position `start` of its stream. */
export function fillBits(key: Key, out: Uint32Array, start = 0): void {
  let i = 0;
  const block = (position: number, into: Uint32Array, at: number) =>
    threefry2x32(key, Math.floor(position / 2 ** 33), (position / 2) >>> 0, into, at);
  if (start % 2 === 1 && out.length > 0) {
    block(start - 1, scratch, 0);
    out[i++] = scratch[1]!;
  }
  for (; i + 1 < out.length; i += 2) block(start + i, out, i);
  if (i < out.length) {
    block(start + i, scratch, 0);
    out[i] = scratch[0]!;
  }
}

/**
 * Uniform numbers from `low` up to `high`: float32 of the shape, with 24 random bits each. Between
 * 0 and 1 they are exact and never 1; elsewhere rounding can reach `high`.
 * @param start where in the numbers of the key they begin
 */
export function uniforms(key: Key, shape: readonly number[], low = 0, high = 1, start = 0): Value {
  const data = new Float32Array(sizeOf(shape));
  const bits = new Uint32Array(data.length);
  fillBits(key, bits, start);
  const scale = (high - low) / 2 ** 24;
  for (let i = 0; i < data.length; i++) data[i] = low + (bits[i]! >>> 8) * scale;
  return new Value('float32', shape, data);
}

/**
 * Normal numbers with mean 0: float32 of the shape. Box and Muller, Ann. Math. Statist. 29 (1958).
 * @param start where in the numbers of the key they begin
 */
export function normals(key: Key, shape: readonly number[], deviation = 1, start = 0): Value {
  const size = sizeOf(shape);
  // Numbers come in pairs: where `start` is odd, the first of its pair is dropped.
  const before = start % 2;
  const data = new Float32Array(before + size);
  const bits = new Uint32Array(data.length + (data.length % 2));
  fillBits(key, bits, start - before);
  for (let i = 0; i < data.length; i += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log((bits[i]! + 1) / 2 ** 32));
    const angle = (2 * Math.PI * bits[i + 1]!) / 2 ** 32;
    data[i] = radius * Math.cos(angle);
    if (i + 1 < data.length) data[i + 1] = radius * Math.sin(angle);
  }
  return new Value('float32', shape, before === 0 ? data : data.slice(before));
}

/** A whole number from 0 to `below` - 1, uniform up to a bias of below / 2^53. */
export function integer(key: Key, below: number): number {
  const { high, low } = draw(key, 0, 0);
  return Math.floor(((high >>> 5) * 2 ** 26 + (low >>> 6)) * (below / 2 ** 53));
}

/**
 * The numbers 0 to size - 1 in random order, uniform up to a bias of size / 2^32: Fisher and Yates.
 */
export function permutation(key: Key, size: number): Uint32Array {
  const order = new Uint32Array(size);
  for (let i = 0; i < size; i++) order[i] = i;
  const bits = new Uint32Array(size);
  fillBits(key, bits);
  for (let last = size - 1; last > 0; last--) {
    const other = Math.floor((bits[last]! / 2 ** 32) * (last + 1));
    const held = order[last]!;
    order[last] = order[other]!;
    order[other] = held;
  }
  return order;
}

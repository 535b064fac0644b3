import { finiteNumber } from '../../base/index.ts';
import { type Key, normals, sizeOf, uniforms, Value } from '../../engine/index.ts';

/** How many numbers feed one output of a kernel, and how many outputs one input feeds. */
export interface Fan {
  readonly in: number;
  readonly out: number;
}

/** First values of a kernel or a bias: float32 of the shape, a pure function of the key. */
export type Initializer = (key: Key, shape: readonly number[], fan: Fan) => Value;

/** Every number 0. */
export const zeros: Initializer = (_, shape) => Value.filled(shape, 0);

/** Every number 1. */
export const ones: Initializer = (_, shape) => Value.filled(shape, 1);

/** N(0, deviation^2). DCGAN takes 0.02: https://arxiv.org/abs/1511.06434, section 4. */
export function normal(deviation: number): Initializer {
  finiteNumber('normal: deviation', deviation, 0);
  return (key, shape) => normals(key, shape, deviation);
}

/**
 * N(0, 2 / fan in), for layers before a ReLU. He et al., https://arxiv.org/abs/1502.01852, equation
 * 10.
 */
export const heNormal: Initializer = (key, shape, fan) => normals(key, shape, Math.sqrt(2 / fan.in));

/** U(-a, a) with a = sqrt(6 / fan in): the variance of `heNormal`. */
export const heUniform: Initializer = (key, shape, fan) => symmetric(key, shape, Math.sqrt(6 / fan.in));

/** N(0, 1 / fan in), for linear outputs. LeCun et al., "Efficient BackProp" (1998), section 4.6. */
export const lecunNormal: Initializer = (key, shape, fan) => normals(key, shape, Math.sqrt(1 / fan.in));

/** U(-a, a) with a = sqrt(6 / (fan in + fan out)). Glorot and Bengio, AISTATS 2010, equation 16. */
export const glorotUniform: Initializer = (key, shape, fan) =>
  symmetric(key, shape, Math.sqrt(6 / (fan.in + fan.out)));

/**
 * U(-a, a) with a = 1 / sqrt(fan in): what PyTorch gives kernels and biases of linear and
 * convolutional layers.
 */
export const fanInUniform: Initializer = (key, shape, fan) => symmetric(key, shape, 1 / Math.sqrt(fan.in));

/** The first values of PyTorch's linear and convolutional layers, as options of a layer. */
export const torchInitial = { kernel: fanInUniform, bias: fanInUniform } as const;

function symmetric(key: Key, shape: readonly number[], bound: number): Value {
  return uniforms(key, shape, -bound, bound);
}

/**
 * Rows or columns of length `gain` that are orthogonal, over any but the last dimension. Saxe et
 * al., https://arxiv.org/abs/1312.6120.
 */
export function orthogonal(gain = 1): Initializer {
  finiteNumber('orthogonal: gain', gain, 0);
  return (key, shape) => {
    const columns = shape.at(-1) ?? 1;
    const rows = sizeOf(shape) / columns;
    const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
    const vectors = orthonormal(normals(key, [short, long]).data, short, long);
    const at = (row: number, column: number) =>
      rows < columns ? vectors[row * long + column]! : vectors[column * long + row]!;
    const data = Float32Array.from(
      { length: rows * columns },
      (_, i) => gain * at(Math.floor(i / columns), i % columns),
    );
    return new Value('float32', shape, data);
  };
}

/**
 * Makes each of `count` vectors of `length` numbers of length 1 and at right angles to those before
 * it: Gram and Schmidt.
 */
function orthonormal(numbers: ArrayLike<number>, count: number, length: number): Float64Array {
  const vectors = Float64Array.from(numbers);
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += vectors[a * length + i]! * vectors[b * length + i]!;
    return sum;
  };
  for (let vector = 0; vector < count; vector++) {
    for (let other = 0; other < vector; other++) {
      const share = dot(vector, other);
      for (let i = 0; i < length; i++) vectors[vector * length + i]! -= share * vectors[other * length + i]!;
    }
    const size = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < length; i++) vectors[vector * length + i]! /= size;
  }
  return vectors;
}

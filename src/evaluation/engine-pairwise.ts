import * as tf from '@tensorflow/tfjs-core';
import { type Engine, type Program, Value } from '../engine/index.ts';
import type { Pairwise } from './pairwise.ts';
import type { Matrix } from './rows.ts';

const product: Program = {
  name: 'evaluation/products',
  run: (state, { a, b }) => ({
    state,
    outputs: { products: tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, false, true) },
  }),
};

/**
 * How near two rows must be, by their squared lengths, for the distance to be computed again
 * without rounding.
 */
const near = 1e-4;

/**
 * Comparison of rows by the matrix product of an engine: in float32, tens of times as fast as
 * `plainPairwise`.
 */
export interface EnginePairwise extends Pairwise {
  /** Releases what it holds on the engine. */
  close(): void;
}

/**
 * Distances come out of one matrix product, of rows that are lengthened by their squared length and
 * 1. What cancels to nearly nothing in that (copies, close neighbours) is computed again in double
 * precision, so that equal rows have distance 0.
 */
export function enginePairwise(engine: Engine): EnginePairwise {
  // Programs run on a state; this one has nothing to remember.
  const session = engine.open({ nothing: Value.scalar(0) });
  const multiply = async (a: Float32Array, b: Float32Array, width: number) => {
    const value = (data: Float32Array) => new Value('float32', [data.length / width, width], data);
    const { products } = await session.run(product, { a: value(a), b: value(b) });
    return (products as Value).data as Float32Array;
  };
  return {
    products: (a, b) => multiply(Float32Array.from(a.data), Float32Array.from(b.data), a.width),
    async squaredDistances(a, b) {
      const [left, right] = [lengthened(a, -2), lengthened(b, 1)];
      const distances = await multiply(left.factors(true), right.factors(false), a.width + 2);
      const limit = near * (left.longest + right.longest);
      for (let i = 0; i < distances.length; i++)
        if (distances[i]! < limit) distances[i] = exactly(a, Math.floor(i / b.count), b, i % b.count);
      return distances;
    },
    close: () => session.close(),
  };
}

/** (scale x, |x|^2, 1), or with the last two exchanged. */
function lengthened({ count, width, data }: Matrix, scale: number) {
  const squares = new Float64Array(count);
  for (let i = 0; i < data.length; i++) squares[Math.floor(i / width)]! += data[i]! ** 2;
  return {
    longest: squares.reduce((most, value) => Math.max(most, value), 0),
    factors(lengthFirst: boolean) {
      const wide = new Float32Array(count * (width + 2));
      for (let i = 0, at = 0; i < count; i++, at += width + 2) {
        for (let k = 0; k < width; k++) wide[at + k] = scale * data[i * width + k]!;
        wide[at + width] = lengthFirst ? squares[i]! : 1;
        wide[at + width + 1] = lengthFirst ? 1 : squares[i]!;
      }
      return wide;
    },
  };
}

function exactly(a: Matrix, i: number, b: Matrix, j: number): number {
  let sum = 0;
  for (let k = 0; k < a.width; k++) sum += (a.data[i * a.width + k]! - b.data[j * b.width + k]!) ** 2;
  return sum;
}

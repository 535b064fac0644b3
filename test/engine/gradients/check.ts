import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { keyOf, permutation, uniforms } from '../../../src/engine/index.ts';

type Tensors = Readonly<Record<string, tf.Tensor>>;
type Numbers = Readonly<Record<string, Float32Array>>;

/** A function to differentiate: the shapes of its inputs, and what it computes from them. */
export interface Case {
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** Input values lie evenly between these, 0 not among them; [-1.2, 1.2] unless told. */
  readonly range?: readonly [number, number];
  of(inputs: Tensors): tf.Tensor;
}

/**
 * Values evenly spread and shuffled, so that no two are near each other or near 0: kinks stay out
 * of reach.
 */
export function startOf({ inputs, range: [low, high] = [-1.2, 1.2] }: Case): Numbers {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, shape], place) => {
      const size = tf.util.sizeFromShape([...shape]);
      const even = size + (size % 2);
      const order = permutation(keyOf(1, name), size);
      const shift = [0.5, 0.3, 0.7][place % 3]!;
      return [name, Float32Array.from(order, (i) => low + ((high - low) * (i + shift)) / even)];
    }),
  );
}

/**
 * The loss on the tape: a fixed mix of the outputs and their squares, so that no derivative
 * vanishes by accident.
 */
function lossOf(output: tf.Tensor): tf.Tensor {
  const mix = tf.tensor(uniforms(keyOf(2), output.shape, 0.5, 1.5).data as Float32Array, output.shape);
  return tf.add(tf.sum(tf.mul(mix, output)), tf.mul(0.5, tf.sum(tf.square(output))));
}

/** The same loss in double precision, from the outputs alone. */
function preciseLoss(output: tf.Tensor): number {
  const mix = uniforms(keyOf(2), output.shape, 0.5, 1.5).data;
  return (output.dataSync() as Float32Array).reduce((sum, y, i) => sum + mix[i]! * y + 0.5 * y * y, 0);
}

/** Gradients of the loss, and of half the squared norm of those gradients, at a point. */
export function derivatives(test: Case, at: Numbers): { readonly first: Numbers; readonly second: Numbers } {
  const names = Object.keys(test.inputs);
  const named = (tensors: readonly (tf.Tensor | undefined)[]) =>
    Object.fromEntries(
      names.map((name, i) => [name, (tensors[i]?.dataSync() ?? at[name]!.map(() => 0)) as Float32Array]),
    );
  return tf.tidy(() => {
    const xs = names.map((name) => tf.tensor(at[name]!.slice(), [...test.inputs[name]!]));
    const first = () => tf.engine().gradients(() => lossOf(test.of(asRecord(names, xs))), xs).grads;
    const norm = () => tf.addN(first().map((gradient) => tf.mul(0.5, tf.sum(tf.square(gradient)))));
    return { first: named(first()), second: named(tf.engine().gradients(norm, xs).grads) };
  });
}

function asRecord(names: readonly string[], xs: readonly tf.Tensor[]): Tensors {
  return Object.fromEntries(names.map((name, i) => [name, xs[i]!]));
}

function forward(test: Case, at: Numbers): number {
  return tf.tidy(() =>
    preciseLoss(
      test.of(
        Object.fromEntries(
          Object.entries(test.inputs).map(([name, shape]) => [
            name,
            tf.tensor(at[name]!.slice(), [...shape]),
          ]),
        ),
      ),
    ),
  );
}

const halfSquare = (numbers: Numbers) =>
  Object.values(numbers).reduce((sum, g) => g.reduce((s, value) => s + 0.5 * value * value, sum), 0);

/** The slope of `value` along a direction by the central difference of fourth order. */
function slope(value: (at: Numbers) => number, at: Numbers, direction: Numbers): number {
  const h = 0.01;
  const moved = (steps: number) =>
    value(
      Object.fromEntries(
        Object.entries(at).map(([name, x]) => [
          name,
          x.map((xi, i) => xi + steps * h * direction[name]![i]!),
        ]),
      ),
    );
  return (moved(-2) - 8 * moved(-1) + 8 * moved(1) - moved(2)) / (12 * h);
}

function along(gradient: Numbers, direction: Numbers): number {
  return Object.entries(gradient).reduce(
    (sum, [name, g]) => g.reduce((s, value, i) => s + value * direction[name]![i]!, sum),
    0,
  );
}

/**
 * The worst relative error of the analytic derivatives against central differences along three
 * directions.
 */
export function errorsOf(test: Case): { readonly first: number; readonly second: number } {
  const at = startOf(test);
  const { first, second } = derivatives(test, at);
  const worst = { first: 0, second: 0 };
  for (let round = 0; round < 3; round++) {
    const direction = Object.fromEntries(
      Object.entries(at).map(([name, x]) => {
        return [name, uniforms(keyOf(3, name, round), [x.length], -1, 1).data as Float32Array];
      }),
    );
    const error = (gradient: Numbers, value: (at: Numbers) => number) => {
      const scale = Math.sqrt(2 * halfSquare(gradient)) * Math.sqrt(2 * halfSquare(direction)) + 1e-3;
      return Math.abs(along(gradient, direction) - slope(value, at, direction)) / scale;
    };
    worst.first = Math.max(
      worst.first,
      error(first, (x) => forward(test, x)),
    );
    worst.second = Math.max(
      worst.second,
      error(second, (x) => halfSquare(derivatives(test, x).first)),
    );
  }
  return worst;
}

/** Fails unless both orders of derivatives agree with central differences on the active backend. */
export function expectRight(test: Case): void {
  const { first, second } = errorsOf(test);
  expect(first, 'first order').toBeLessThan(1e-4);
  expect(second, 'second order').toBeLessThan(1e-4);
}

import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import {
  cpuEngine,
  type Engine,
  flattenTree,
  keyOf,
  normals,
  type Program,
  type Tree,
  type Value,
} from '../../../src/engine/index.ts';
import { onnxEngine } from '../../../src/engine/onnx/runtime/engine.ts';

const engines: Promise<readonly [Engine, Engine]> = (async () =>
  [await cpuEngine(), await onnxEngine()] as const)();

/** Random numbers of a shape, the same for the same name. */
export function noise(name: string, ...shape: number[]): Value {
  return normals(keyOf(1, name), shape);
}

/** The largest difference of two tensors, by the largest number in the expected one. */
export function relativeDifference(got: Value, expected: Value): number {
  let [difference, size] = [0, 1e-6];
  expected.data.forEach((value, i) => {
    const other = got.data[i]!;
    if (!Object.is(value, other)) difference = Math.max(difference, Math.abs(value - other));
    if (Number.isFinite(value)) size = Math.max(size, Math.abs(value));
    if (Number.isNaN(value) !== Number.isNaN(other)) difference = Number.POSITIVE_INFINITY;
  });
  return difference / size;
}

/** Runs a program on both engines, on copies of one state, and compares all that it gives back. */
export async function expectSameResults(
  program: Program,
  inputs: Tree<Value>,
  { state = {}, tolerance = 1e-5 }: { state?: Tree<Value>; tolerance?: number } = {},
): Promise<void> {
  const sessions = (await engines).map((engine) => engine.open(state));
  const results = await Promise.all(
    sessions.map(async (session) => {
      const outputs = await session.run(program, inputs);
      return { outputs, state: session.read() };
    }),
  );
  for (const session of sessions) session.close();
  const [expected, got] = results.map((result) => flattenTree(result as unknown as Tree<Value>));
  expect([...got!.keys()]).toEqual([...expected!.keys()]);
  for (const [path, value] of expected!) {
    const other = got!.get(path)!;
    expect(`${other.dtype} [${other.shape}]`, `${program.name} ${path}`).toBe(
      `${value.dtype} [${value.shape}]`,
    );
    expect(relativeDifference(other, value), `${program.name} ${path}`).toBeLessThanOrEqual(tolerance);
  }
}

type Operation = (...xs: never[]) => tf.Tensor;

/**
 * The gradients of the sum of a tensor, weighed element by element so that no two elements are
 * alike; zero where none leads.
 */
function weighedGradients(of: (...xs: tf.Tensor[]) => tf.Tensor, xs: tf.Tensor[]): tf.Tensor[] {
  const sum = () => {
    const y = of(...xs);
    const weights = tf.add(tf.cos(tf.range(0, y.size)), 0.5);
    return tf.sum(tf.mul(tf.reshape(y, [-1]), weights));
  };
  const { grads } = tf.engine().gradients(sum, xs, undefined, true);
  return grads.map((gradient, i) => gradient ?? tf.zerosLike(xs[i]!));
}

/**
 * Compares an operation on both engines: its value, its gradients, and the gradients of those up to
 * `order`.
 */
export async function expectSame(
  name: string,
  operation: Operation,
  values: readonly Value[],
  { order = 2, tolerance = 1e-5 }: { order?: 0 | 1 | 2; tolerance?: number } = {},
): Promise<void> {
  const of = operation as unknown as (...xs: tf.Tensor[]) => tf.Tensor;
  const program: Program = {
    name,
    run: (state, inputs) => {
      const xs = Object.values(inputs) as tf.Tensor[];
      const outputs: Record<string, tf.Tensor> = { y: of(...xs) };
      const keep = (prefix: string, gradients: tf.Tensor[]) => {
        for (const [i, gradient] of gradients.entries()) outputs[prefix + i] = gradient;
      };
      if (order >= 1) keep('d', weighedGradients(of, xs));
      if (order >= 2)
        for (const i of xs.keys())
          keep(
            `d${i}`,
            weighedGradients((...given) => weighedGradients(of, given)[i]!, xs),
          );
      return { state, outputs };
    },
  };
  const inputs = Object.fromEntries(values.map((value, i) => [`x${i}`, value]));
  await expectSameResults(program, inputs, { tolerance });
}

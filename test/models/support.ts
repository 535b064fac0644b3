import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import {
  cpuEngine,
  type Engine,
  keyOf,
  normals,
  onnxEngine,
  type Session,
  type Tree,
  Value,
  wasmEngine,
} from '../../src/engine/index.ts';
import type { Initial, Layer } from '../../src/models/index.ts';

/** The eager engines: results must not depend on which. */
export const engines = { cpu: await cpuEngine(), wasm: await wasmEngine() };
export const engineNames = ['cpu', 'wasm'] as const;

/** The compiled engine, beside the slow reference: what every system and loss must give alike. */
export const both = { cpu: engines.cpu, onnx: await onnxEngine() };
export const bothNames = ['cpu', 'onnx'] as const;

type TensorsOf<T> = { readonly [Name in keyof T]: T[Name] extends Value ? Tensor : TensorsOf<T[Name]> };
type ValuesOf<T> = { readonly [Name in keyof T]: T[Name] extends Tensor ? Value : ValuesOf<T[Name]> };

/** What a function of tensors gives for these values on an engine. */
export function compute<Inputs, Outputs>(
  inputs: Inputs,
  run: (inputs: TensorsOf<Inputs>) => Outputs,
  engine: Engine = engines.cpu,
): ValuesOf<Outputs> {
  const session = engine.open({});
  const program = {
    name: 'test',
    run: (state: Tree<Tensor>, given: Tree<Tensor>) => ({
      state,
      outputs: run(given as TensorsOf<Inputs>) as Tree<Tensor>,
    }),
  };
  try {
    return session.run(program, inputs as Tree<Value>) as ValuesOf<Outputs>;
  } finally {
    session.close();
  }
}

/** How a layer is used in a test. */
export interface Use {
  readonly engine?: Engine;
  readonly training?: boolean;
  /** The parameters; what the layer starts with unless told. */
  readonly initial?: Pick<Initial, 'weights' | 'buffers'>;
}

/** What a layer makes of x, [count, ...shape]. */
export function applied(layer: Layer, x: Value, use: Use = {}): { y: Value; buffers: Tree<Value> } {
  const { engine = engines.cpu, training = false, initial = layer.init(keyOf(1), x.shape.slice(1)) } = use;
  const { weights, buffers } = initial;
  const run = compute(
    { weights, buffers, x },
    (given) => ({ ...layer.apply(given as never, given.x, training) }),
    engine,
  );
  return { y: run.y, buffers: run.buffers as Tree<Value> };
}

/** Parameters by hand, of a layer that has no buffers. */
export const parameters = (weights: Tree<Value>) => ({ weights, buffers: {} });

/** Normal numbers that are the same in every run. */
export const noise = (name: string, shape: readonly number[], deviation = 1) =>
  normals(keyOf(7, name), shape, deviation);

/**
 * Fails unless the shapes are the same and no number is further from the expected one than the
 * share of 1 + |expected|.
 */
export function expectClose(actual: Value, expected: Value | readonly number[], tolerance = 1e-5): void {
  const wanted = expected instanceof Value ? expected : Value.of(expected, actual.shape);
  expect(actual.shape).toEqual(wanted.shape);
  const worst = (actual.data as Float32Array).reduce((sofar, number, i) => {
    const error = Math.abs(number - wanted.data[i]!) / (1 + Math.abs(wanted.data[i]!));
    return Number.isNaN(error) ? Infinity : Math.max(sofar, error);
  }, 0);
  expect(worst, `${actual.data.slice(0, 8)} for ${wanted.data.slice(0, 8)}`).toBeLessThan(tolerance);
}

/** Mean and variance of numbers. */
export function moments(numbers: ArrayLike<number>): { readonly mean: number; readonly variance: number } {
  const all = Array.from(numbers);
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  return { mean, variance: all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length };
}

/** An engine whose runs answer with promises, as those do that compute elsewhere. */
export function later(engine: Engine): Engine {
  const slow = (session: Session): Session => ({
    run: async (program, inputs) => {
      await new Promise(setImmediate);
      return session.run(program, inputs);
    },
    read: () => session.read(),
    write: (state) => session.write(state),
    close: () => session.close(),
  });
  return {
    name: engine.name,
    description: engine.description,
    open: (state) => slow(engine.open(state)),
    memory: () => engine.memory(),
  };
}

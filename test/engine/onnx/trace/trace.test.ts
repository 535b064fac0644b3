import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { cpuEngine, type Program } from '../../../../src/engine/index.ts';
import { TensorSpec } from '../../../../src/engine/onnx/spec.ts';
import { trace } from '../../../../src/engine/onnx/trace/trace.ts';
import { written } from '../passes/graphs.ts';

const scalar = new TensorSpec({ dtype: 'float32', shape: [] });
const picture = new TensorSpec({ dtype: 'float32', shape: [2, 8] });

function traced(run: Program['run'], state = { w: scalar }, inputs = { x: picture }) {
  return trace({ name: 'a program', run }, state, inputs);
}

const only = (output: (x: tf.Tensor) => tf.Tensor) => () =>
  traced((state, { x }) => ({ state, outputs: { y: output(x as tf.Tensor) } }));

describe('tracing a program', () => {
  it('records what it computes, and what it passes on', () => {
    const { graph, outputs } = traced((state, { x }) => ({
      state,
      outputs: { y: tf.mul(tf.add(x as tf.Tensor, 1), state.w as tf.Tensor) },
    }));
    expect([...graph].map(([name, node]) => [name, written(node)])).toEqual([
      ['state/w', 'state/w'],
      ['output/y', 'Mul(Add(x, 1[]), state/w)'],
    ]);
    expect(outputs).toEqual({ y: picture });
  });

  it('leaves TensorFlow.js as it was, also after a failure', async () => {
    await cpuEngine();
    const { numTensors } = tf.memory();
    expect(only((x) => tf.square(x))).not.toThrow();
    expect(
      only(() => {
        throw new Error('of the program');
      }),
    ).toThrow('of the program');
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(tf.add(1, 2).dataSync()[0]).toBe(3);
  });

  it('takes tensors from outside as constants if they are small', async () => {
    await cpuEngine();
    const outside = tf.tensor1d([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(only((x) => tf.add(x, outside))).not.toThrow();
    expect([...outside.dataSync()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('what cannot be compiled is refused', () => {
  const refused = (output: (x: tf.Tensor) => tf.Tensor) => expect(only(output));

  it('random tensors and large constants, with what to do', () => {
    const table = Array.from({ length: 80 }, (_, i) => i);
    refused((x) => tf.mul(x, tf.slice(tf.tensor2d(table, [10, 8]), [0, 0], [2, 8]))).toThrow(
      /^a program: a constant of shape \[10,8\] would be baked into the program\. Random numbers, .* are inputs .*trace\.test\.ts/,
    );
    refused((x) => tf.mul(x, tf.slice(tf.randomNormal([10, 8]), [0, 0], [2, 8]))).toThrow(
      /shape \[10,8\] would be baked/,
    );
  });

  it('values that are read', () => {
    refused((x) => tf.add(x, x.dataSync()[0]!)).toThrow(
      /^a program: a value is read .* output.*trace\.test\.ts/,
    );
  });

  it('products of matrices that do not fit, with the place', () => {
    refused((x) => tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D)).toThrow(
      /^a program: matMul: expected inner dimensions of one size, got 8 and 2 .*trace\.test\.ts/,
    );
    expect(only((x) => tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D, true))).not.toThrow();
  });

  it('kernels that are not covered, by name and with what to do', () => {
    refused((x) => tf.unique(x).values).toThrow(
      /^a program: the kernel Unique cannot be compiled\. Compose it .*trace\.test\.ts/,
    );
    refused((x) => tf.unique(x).values).toThrow(expect.objectContaining({ code: 'PROGRAM_NOT_COMPILABLE' }));
  });

  it('draws that a kernel makes', () =>
    refused((x) => tf.multinomial(x as tf.Tensor2D, 1)).toThrow(
      /^a program: multinomial draws at random, .* inputs of a program .*trace\.test\.ts/,
    ));

  it('tensors that hold no numbers', () => refused(() => tf.tensor(['text'])).toThrow(/type string/));

  it('a state of another shape', () =>
    expect(() => traced((_, { x }) => ({ state: { w: x! }, outputs: {} }))).toThrow(
      'a program: expected float32 [] at state w, got float32 [2,8]',
    ));
});

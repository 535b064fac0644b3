import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type Program, Value } from '../../../../src/engine/index.ts';
import { onnxEngine } from '../../../../src/engine/onnx/runtime/engine.ts';

const engine = await onnxEngine();
const one = { x: Value.scalar(1) };

describe('what is frozen by mistake', () => {
  it('random numbers, however few, are refused when the program is compiled', () => {
    const program: Program = {
      name: 'noisy',
      run: (state, { x }) => ({ state, outputs: { y: tf.add(x as tf.Tensor, tf.randomNormal([2])) } }),
    };
    expect(() => engine.open({}).run(program, one)).toThrow(
      /^noisy: is not the same each time .* are inputs of a program$/,
    );
  });

  it('a learning rate that changes is refused before it does harm a second time', async () => {
    let rate = 0.1;
    const program: Program = {
      name: 'decaying',
      run: (state, { x }) => ({ state, outputs: { y: tf.mul(x as tf.Tensor, rate) } }),
    };
    const session = engine.open({});
    await session.run(program, one);
    await session.run(program, one);
    rate = 0.05;
    await session.run(program, one);
    expect(() => session.run(program, one)).toThrow(/decaying: .*value=0\.1.* became .*value=0\.05/);
  });

  it('a tensor outside that changes is refused', async () => {
    let table = [1, 2];
    const program: Program = {
      name: 'table',
      run: (state, { x }) => ({ state, outputs: { y: tf.mul(x as tf.Tensor, tf.tensor1d(table)) } }),
    };
    const session = engine.open({});
    await session.run(program, one);
    table = [1, 3];
    expect(() => session.run(program, one)).toThrow(/table: /);
  });
});

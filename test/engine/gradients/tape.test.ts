import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runKernel } from '../../../src/engine/gradients/kernel.ts';
import { clearTape, mendTape } from '../../../src/engine/gradients/tape.ts';
import { cpuEngine } from '../../../src/engine/index.ts';
import { errorsOf, expectRight } from './check.ts';

/** Runs with the tape of TensorFlow.js as it comes. */
function withStockTape<T>(run: () => T): T {
  const engine = tf.engine() as unknown as { addTapeNode?: unknown };
  const mended = engine.addTapeNode;
  delete engine.addTapeNode;
  try {
    return run();
  } finally {
    engine.addTapeNode = mended;
  }
}

const tanhCritic = {
  inputs: { x: [4, 3], w: [3, 1] },
  of: ({ x, w }: Readonly<Record<string, tf.Tensor>>) => tf.tanh(tf.matMul(x!, w!)),
};

const leaky = {
  inputs: { x: [3, 4] },
  of: ({ x }: Readonly<Record<string, tf.Tensor>>) => tf.where(tf.greater(x!, 0), x!, tf.mul(0.2, x!)),
};

describe('the mended tape', () => {
  beforeAll(async () => void (await cpuEngine()));
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  it('gives right second-order gradients of tanh, where the stock tape is silently wrong', () => {
    const stock = withStockTape(() => errorsOf(tanhCritic));
    expect(stock.first).toBeLessThan(1e-4);
    expect(stock.second).toBeGreaterThan(0.1);
    expectRight(tanhCritic);
  });

  it('differentiates past comparisons, where the stock tape throws', () => {
    expect(() => withStockTape(() => errorsOf(leaky))).toThrow('gradient function not found for Greater');
    expectRight(leaky);
  });

  it('sends nothing through kernels without a derivative', () => {
    const profileOf = (of: (x: tf.Tensor) => tf.Tensor) => {
      const used: string[] = [];
      const kernel = tf.getKernel('BatchMatMul', 'cpu');
      tf.unregisterKernel('BatchMatMul', 'cpu');
      tf.registerKernel({
        ...kernel,
        kernelFunc: (args) => {
          used.push('BatchMatMul');
          return kernel.kernelFunc(args);
        },
      });
      try {
        tf.grad(of)(tf.ones([2, 2]));
      } finally {
        tf.unregisterKernel('BatchMatMul', 'cpu');
        tf.registerKernel(kernel);
      }
      return used.length;
    };
    const w = tf.ones<tf.Rank.R2>([2, 2]);
    // One product forward; none backward, for the way back to x ends at the step.
    expect(profileOf((x) => tf.add(x, tf.step(tf.matMul(x, w))))).toBe(1);
  });

  it('refuses to differentiate twice what cannot be, where the stock tape is silently wrong', () => {
    const labels = tf.tensor2d([[0, 1, 0], [1, 0, 0]]); // biome-ignore format: one line
    const entropy = {
      inputs: { x: [2, 3] },
      of: ({ x }: Readonly<Record<string, tf.Tensor>>) =>
        tf.add(tf.losses.softmaxCrossEntropy(labels, x!), tf.square(tf.sum(x!))),
    };
    const stock = withStockTape(() => errorsOf(entropy));
    expect(stock.first).toBeLessThan(1e-4);
    expect(stock.second).toBeGreaterThan(0.01);
    expect(() => errorsOf(entropy)).toThrow(
      'softmaxCrossEntropy: its custom gradient cannot be differentiated again',
    );
  });

  it('differentiates custom gradients twice that save their inputs and outputs', () => {
    const exponential = tf.customGrad((x, save) => {
      const y = tf.exp(x as tf.Tensor);
      (save as tf.GradSaveFunc)([x as tf.Tensor, y]);
      return { value: y, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[1]!) };
    });
    expectRight({ inputs: { x: [3, 4] }, of: ({ x }) => exponential(x!) });
  });

  it('differentiates custom gradients twice that save what was there before them', () => {
    const weights = tf.tensor1d([1, 2, 3, 4]);
    const weighted = tf.customGrad((x, save) => {
      (save as tf.GradSaveFunc)([weights]);
      return {
        value: tf.mul(tf.square(x as tf.Tensor), weights),
        gradFunc: (dy: tf.Tensor, [w]: tf.Tensor[]) => tf.mul(tf.mul(dy, 2), tf.mul(w!, x as tf.Tensor)),
      };
    });
    expectRight({ inputs: { x: [3, 4] }, of: ({ x }) => weighted(x!) });
  });

  it('is mended once', () => {
    const engine = tf.engine() as unknown as { addTapeNode: unknown };
    const mended = engine.addTapeNode;
    mendTape();
    expect(engine.addTapeNode).toBe(mended);
  });

  it('leaves no tensor behind, also of kernels that it does not record', () => {
    const x = tf.tensor1d([0.1, -0.3]);
    const before = tf.memory().numTensors;
    const slope = tf.grad((at: tf.Tensor) =>
      tf.mul(tf.exp(at), tf.cast(tf.greaterEqual(tf.tanh(at), 0), 'float32')),
    )(x);
    slope.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('can be cleared of what a gradient that threw has left', () => {
    const x = tf.scalar(1);
    const before = tf.memory().numTensors;
    const fail = () =>
      tf.tidy(() =>
        tf.grad((at: tf.Tensor) => {
          tf.exp(tf.tanh(at));
          throw new Error('stop');
        })(x),
      );
    expect(fail).toThrow('stop');
    expect(tf.memory().numTensors).toBeGreaterThan(before);
    clearTape();
    expect(tf.memory().numTensors).toBe(before);
    clearTape();
  });
});

it('runKernel runs a kernel on the tape', async () => {
  await cpuEngine();
  const step = (x: tf.Tensor) => runKernel(tf.LeakyRelu, { x }, { alpha: 0.5 });
  expect(step(tf.tensor1d([-2, 2])).arraySync()).toEqual([-1, 2]);
  expect(
    tf
      .grad(step)(tf.tensor1d([-2, 2]))
      .arraySync(),
  ).toEqual([0.5, 1]);
});

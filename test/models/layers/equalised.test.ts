import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import {
  adam,
  conv2d,
  conv2dTranspose,
  dense,
  equalised,
  game,
  relu,
  train,
} from '../../../src/models/index.ts';
import { applied, both, bothNames, expectClose, moments } from '../support.ts';

/** What an equalised layer multiplies its kernel with: the answer to 1 by a kernel of ones. */
function scaleOf(
  layer: ReturnType<typeof equalised>,
  shape: readonly number[],
  fan: number,
  engine = both.cpu,
) {
  const { weights } = layer.init(keyOf(1), shape) as { weights: Record<string, Value> };
  const initial = {
    weights: { ...weights, kernel: Value.filled(weights.kernel!.shape, 1) } as Tree<Value>,
    buffers: {},
  };
  const { y } = applied(layer, Value.filled([1, ...shape], 1), { initial, engine });
  return y.data[Math.floor(y.data.length / 2)]! / fan;
}

describe.each(bothNames)('an equalised layer on %s', (name) => {
  const engine = both[name];

  it('scales its kernel by gain / sqrt(fan in)', () => {
    const conv = equalised(conv2d(1, { kernelSize: 3, stride: 1 }));
    expect(scaleOf(conv, [3, 3, 64], 9 * 64, engine)).toBeCloseTo(0.0589256, 6);
    expect(scaleOf(equalised(dense(4), Math.SQRT2 / 4), [32], 32, engine)).toBeCloseTo(0.0625, 6);
    const toRgb = equalised(conv2d(3, { kernelSize: 1, stride: 1 }), 1);
    expect(scaleOf(toRgb, [1, 1, 16], 16, engine)).toBeCloseTo(0.25, 6);
  });

  it('moves by one step of Adam a stored kernel by the rate, and the effective one by rate x c', () => {
    const layer = equalised(dense(1), 1);
    const system = game<'net', 'net', 'x'>({
      name: 'one',
      networks: { net: { layer, input: [16] } },
      players: {
        net: {
          trains: ['net'],
          optimizer: adam({ rate: 0.01, beta1: 0, beta2: 0.99 }),
          loss: ({ net }, { x }) => ({ loss: tf.mean(net(x).y) }),
        },
      },
      inputs: ({ batch }) => ({ x: batch.examples }),
      sample: ({ net }, { x }) => net(x).y,
      samplerInputs: (count) => ({ x: Value.filled([count, 16], 1) }),
    });
    const trainer = train(system, engine, { seed: 1 });
    const kernel = () => (trainer.tensors().net as { weights: { kernel: Value } }).weights.kernel;
    const before = kernel();
    trainer.step({ index: 0, player: 'net', batch: { examples: Value.filled([2, 16], 1) } });
    const moves = Array.from(kernel().data, (x, i) => x - before.data[i]!);
    expectClose(Value.of(moves), Array(16).fill(-0.01), 1e-6);
    trainer.close();
  });
});

it('begins with kernels of N(0, 1), whatever the layer would, and biases of 0', () => {
  const { weights } = equalised(dense(64)).init(keyOf(1), [64]) as { weights: Record<string, Value> };
  const { mean, variance } = moments(weights.kernel!.data);
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(variance).toBeCloseTo(1, 1);
  expect(weights.bias).toEqual(Value.filled([64], 0));
});

it('refuses layers without a kernel whose last axis is the outputs, and a gain of 0', () => {
  expect(() => equalised(relu()).init(keyOf(1), [3])).toThrow(
    new RangeError('equalised: expected a layer with a kernel of [..., inputs, outputs], got none'),
  );
  expect(() => equalised(conv2dTranspose(2)).init(keyOf(1), [2, 2, 3])).toThrow(
    new RangeError(
      'equalised: expected a layer with a kernel of [..., inputs, outputs], got one of [4,4,2,3]',
    ),
  );
  expect(() => equalised(dense(1), 0)).toThrow('equalised: gain: expected a finite number above 0, got 0');
});

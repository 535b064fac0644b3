import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, type Value } from '../../../src/engine/index.ts';
import {
  batchNorm,
  conv2d,
  dense,
  flatten as flattened,
  layerNorm,
  leakyRelu,
  relu,
  reshape,
  sequential,
} from '../../../src/models/index.ts';
import { applied, engineNames, engines, expectClose, noise } from '../support.ts';

const network = sequential([
  dense(18),
  batchNorm(),
  relu(),
  reshape([3, 3, 2]),
  conv2d(4, { kernelSize: 2, stride: 1 }),
  layerNorm(),
  leakyRelu(0.1),
  flattened(),
  sequential([dense(2), batchNorm()]),
]);

describe('sequential', () => {
  it('infers every shape from the first, and names parameters by the number of their layer', () => {
    const { weights, buffers, shape } = network.init(keyOf(1), [5]);
    const shapes = (tree: typeof weights) =>
      Object.fromEntries([...flattenTree(tree)].map(([path, value]) => [path, value.shape]));
    expect(shapes(weights)).toEqual({
      '0/kernel': [5, 18],
      '0/bias': [18],
      '1/gain': [18],
      '1/bias': [18],
      '4/kernel': [2, 2, 2, 4],
      '4/bias': [4],
      '5/gain': [4],
      '5/bias': [4],
      '8/0/kernel': [36, 2],
      '8/0/bias': [2],
      '8/1/gain': [2],
      '8/1/bias': [2],
    });
    expect(shapes(buffers)).toEqual({
      '1/mean': [18],
      '1/variance': [18],
      '8/1/mean': [2],
      '8/1/variance': [2],
    });
    expect(shape).toEqual([2]);
  });

  it.each(engineNames)('does one layer after the other (%s)', (name) => {
    const layers = [dense(4), relu(), dense(3)];
    const initial = sequential(layers).init(keyOf(2), [2]);
    const x = noise('x', [5, 2]);
    const engine = engines[name];
    const step = (number: number, input: Value) =>
      applied(layers[number]!, input, {
        initial: { weights: (initial.weights[number] ?? {}) as typeof initial.weights, buffers: {} },
        engine,
      }).y;
    const { y, buffers } = applied(sequential(layers), x, { initial, engine });
    expectClose(y, step(2, step(1, step(0, x))));
    expect(buffers).toEqual({});
  });

  it('advances the buffers of all its layers while training, and none otherwise', () => {
    const initial = network.init(keyOf(1), [5]);
    const x = noise('x', [8, 5]);
    const before = flattenTree(initial.buffers);
    const after = flattenTree(applied(network, x, { initial, training: true }).buffers);
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [path, value] of after) expect(value).not.toEqual(before.get(path));
    expect(applied(network, x, { initial, training: false }).buffers).toEqual(initial.buffers);
  });

  it('draws each layer by a key of its own, and all of them by the key that it gets', () => {
    const twins = sequential([dense(3), dense(3)]);
    const kernels = (seed: number) => {
      const leaves = flattenTree(twins.init(keyOf(seed), [3]).weights);
      return [leaves.get('0/kernel'), leaves.get('1/kernel')];
    };
    expect(kernels(1)[0]).not.toEqual(kernels(1)[1]);
    expect(kernels(1)).toEqual(kernels(1));
    expect(kernels(1)).not.toEqual(kernels(2));
  });

  it('without layers changes nothing', () => {
    const x = noise('x', [2, 3]);
    expect(sequential([]).init(keyOf(1), [3])).toEqual({ weights: {}, buffers: {}, shape: [3], taps: {} });
    expect(applied(sequential([]), x).y).toEqual(x);
  });

  it('passes on what a layer says of its inputs', () => {
    expect(() => sequential([reshape([2, 2, 1]), dense(1)]).init(keyOf(1), [4])).toThrow(
      'dense: expected inputs of rank 1, got [2,2,1]; flatten() first',
    );
  });
});

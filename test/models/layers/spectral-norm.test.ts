import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { differentiate, flattenTree, keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import { batchNorm, conv2d, dense, projection, sequential, spectralNorm } from '../../../src/models/index.ts';
import { slopes } from '../losses/judged.ts';
import { applied, both, bothNames, compute, expectClose, noise } from '../support.ts';

const layer = spectralNorm(dense(2));
/** The matrix [[3, 0], [4, 5]] from two inputs to two outputs; kernels are its transpose. */
const weights = { kernel: Value.of([3, 4, 0, 5], [2, 2]), bias: Value.of([7, -7]) };
const start = { power: { kernel: { u: Value.of([1, 0]), sigma: Value.scalar(1) } } };
const unit = Value.of([1, 0, 0, 1], [2, 2]);

const powerOf = (buffers: Tree<Value>) => (buffers.power as Record<string, Record<string, Value>>).kernel!;

describe.each(bothNames)('spectral normalisation on %s', (name) => {
  it('follows the largest singular value by one step of power iteration a use', () => {
    const sigmas: number[] = [];
    let buffers: Tree<Value> = start;
    for (let use = 0; use < 5; use++) {
      ({ buffers } = applied(layer, unit, {
        engine: both[name],
        training: true,
        initial: { weights, buffers },
      }));
      sigmas.push(powerOf(buffers).sigma!.data[0]!);
    }
    // The root of 45 is 6.708204.
    [5, 6.671746, 6.70775, 6.708198, 6.708204].forEach((sigma, i) => {
      expect(sigmas[i]).toBeCloseTo(sigma, 5);
    });
  });

  it('divides kernels by it, and leaves biases', () => {
    const { y } = applied(layer, unit, {
      engine: both[name],
      training: true,
      initial: { weights, buffers: start },
    });
    expectClose(y, [3 / 5 + 7, 4 / 5 - 7, 0 + 7, 1 - 7]);
  });

  it('remembers nothing new when it does not train', () => {
    const use = { engine: both[name], training: false, initial: { weights, buffers: start } };
    const { y, buffers } = applied(layer, unit, use);
    expect(buffers).toEqual(start);
    // From u = (1, 0): v = (1, 0), sigma = u W v = 3.
    expectClose(y, [1 + 7, 4 / 3 - 7, 7, 5 / 3 - 7]);
  });

  it('is differentiated by the kernel with the vectors held: sigma by u v', () => {
    const { gradients } = compute(
      { weights, buffers: start, x: unit },
      ({ weights, buffers, x }) =>
        differentiate(weights as never as Tree<tf.Tensor>, (at) => ({
          loss: tf.sum(tf.square(layer.apply({ weights: at, buffers: buffers as never }, x, true).y)),
          extra: {},
        })),
      both[name],
    );
    // The same by hand: u and v of the first step held.
    const [u, v] = [
      [0.6, 0.8],
      [1, 0],
    ] as const;
    const loss = (kernel: readonly number[]) => {
      const sigma =
        u[0] * v[0] * kernel[0]! +
        u[0] * v[1] * kernel[2]! +
        u[1] * v[0] * kernel[1]! +
        u[1] * v[1] * kernel[3]!;
      const y = kernel.map((weight, i) => weight / sigma + (i % 2 === 0 ? 7 : -7));
      return y.reduce((sum, x) => sum + x * x, 0);
    };
    expectClose(
      (gradients as never as Record<string, Value>).kernel!,
      slopes(loss, [3, 4, 0, 5], 1e-4),
      1e-3,
    );
  });
});

describe('spectralNorm', () => {
  it('treats every kernel of the layer, filters as matrices by their outputs, and embeddings too', () => {
    const many = spectralNorm(sequential([conv2d(3, { kernelSize: 2 }), batchNorm()]));
    const { buffers } = many.init(keyOf(1), [4, 4, 2]);
    expect([...flattenTree(buffers)].map(([path, { shape }]) => [path, [...shape]])).toEqual([
      ['layer/1/mean', [3]],
      ['layer/1/variance', [3]],
      ['power/0.kernel/u', [3]],
      ['power/0.kernel/sigma', []],
    ]);
    const own = spectralNorm(projection(5)).init(keyOf(1), [4]).buffers.power as Tree<Value>;
    expect(Object.keys(own)).toEqual(['kernel', 'embedding']);
  });

  it('begins with vectors of length 1 of its key', () => {
    const { u } = powerOf(spectralNorm(dense(9)).init(keyOf(1), [2]).buffers);
    expect(Math.hypot(...u!.data)).toBeCloseTo(1, 6);
    expect(powerOf(spectralNorm(dense(9)).init(keyOf(2), [2]).buffers).u).not.toEqual(u);
  });

  it('passes through what the layer inside shows and hears', () => {
    const condition = spectralNorm(projection(2));
    const { weights, buffers } = condition.init(keyOf(1), [3]);
    const given = { weights, buffers, x: noise('x', [2, 3]), c: Value.of([1, 0, 0, 1], [2, 2]) };
    const { y } = compute(given, ({ weights, buffers, x, c }) => ({
      y: condition.apply({ weights, buffers } as never, x, true, c).y,
    }));
    expect(y.shape).toEqual([2, 1]);
  });
});

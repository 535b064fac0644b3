import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  cpuEngine,
  differentiate,
  flattenTree,
  keyOf,
  type Tree,
  unflattenTree,
} from '../../../src/engine/index.ts';
import {
  averagePool,
  conv2d,
  dense,
  enlarged,
  equalised,
  globalSumPool,
  groupNorm,
  instanceNorm,
  type Layer,
  minibatchDeviation,
  noiseMap,
  pixelNorm,
  reshape,
  residual,
  sequential,
  skip,
  tanh,
  unitVectors,
  upsample,
  upsampled,
} from '../../../src/models/index.ts';
import { type Case, expectRight } from '../../engine/gradients/check.ts';
import { both, compute, engines, expectClose, noise } from '../support.ts';

const conv = (filters: number) => conv2d(filters, { kernelSize: 3, stride: 1 });
const shape = [4, 4, 3] as const;

/** Layers that a gradient penalty may differentiate twice. */
const layers: Readonly<Record<string, Layer>> = {
  'pixel norm': pixelNorm(),
  'equalised convolution': equalised(conv(2)),
  upsample: upsample(2),
  'average pool': averagePool(2),
  residual: residual([conv(3), tanh()]),
  'instance norm': instanceNorm(),
  'group norm': groupNorm(3),
  'sums of maps': sequential([conv(2), tanh(), globalSumPool(), reshape([1, 1, 2])]),
  'residual with a shortcut': residual(
    [conv(2), tanh(), averagePool()],
    sequential([averagePool(), conv(2)]),
  ),
  skip: skip(sequential([averagePool(2), conv(2), tanh(), upsample(2)])),
  'unit vectors': unitVectors(),
  'a level of a growing critic': sequential([
    equalised(conv(2)),
    tanh(),
    pixelNorm(),
    averagePool(2),
    minibatchDeviation(),
    equalised(conv(1), 1),
  ]),
};

/** The layer as a function of x and of each of its weights. */
function caseOf(layer: Layer): Case {
  const initial = layer.init(keyOf(1), shape);
  const leaves = [...flattenTree(initial.weights)];
  return {
    inputs: { x: [2, ...shape], ...Object.fromEntries(leaves.map(([path, { shape }]) => [path, shape])) },
    of(given) {
      const weights = unflattenTree(new Map(leaves.map(([path]) => [path, given[path]!])), initial.weights);
      return layer.apply({ weights, buffers: {} }, given.x!, true).y;
    },
  };
}

describe('agree with central differences in first and second order:', () => {
  beforeAll(async () => void (await cpuEngine()));
  it.each(Object.keys(layers))('%s', (name) => expectRight(caseOf(layers[name]!)));

  it('noise beside an image', () => {
    const layer = noiseMap(2);
    expectRight({
      inputs: { x: [2, 2, 2, 1], noise: [2, 8] },
      of: ({ x, noise }) => layer.apply({ weights: {}, buffers: {} }, x!, true, noise).y,
    });
  });

  it('a fade between two sides, by its alpha too', () => {
    expectRight({
      inputs: { x: [2, 4, 4, 1], y: [2, 2, 2, 1], alpha: [] },
      of: ({ x, y, alpha }) =>
        tf.tanh(tf.add(tf.mul(tf.sub(1, alpha!), upsampled(y!)), tf.mul(alpha!, tf.tanh(x!)))),
    });
  });

  it('bilinear enlargement', () => {
    expectRight({ inputs: { x: [1, 3, 3, 2] }, of: ({ x }) => tf.tanh(enlarged(x!, 6)) });
  });
});

describe.each(['wasm', 'onnx'] as const)('a gradient penalty through them on %s', (name) => {
  it.each(Object.keys(layers))('%s: as on cpu', (which) => {
    const layer = sequential([conv(3), layers[which]!, conv(1)]);
    const { weights } = layer.init(keyOf(2), shape);
    const run = (engine: typeof engines.cpu) =>
      compute(
        { weights, x: noise('x', [2, ...shape]) },
        ({ weights, x }) => {
          const { loss, gradients } = differentiate(weights as never as Tree<tf.Tensor>, (at) => {
            const inner = differentiate({ x: x as tf.Tensor }, ({ x }) => ({
              loss: tf.sum(tf.tanh(layer.apply({ weights: at, buffers: {} }, x!, true).y)),
              extra: {},
            }));
            return { loss: tf.sum(tf.square(inner.gradients.x!)), extra: {} };
          });
          return { loss, gradients };
        },
        engine,
      );
    const [ours, theirs] = [run(name === 'wasm' ? engines.wasm : both.onnx), run(engines.cpu)];
    const expected = flattenTree(theirs as never) as Map<string, never>;
    for (const [path, value] of flattenTree(ours as never))
      expectClose(value as never, expected.get(path)!, 1e-4);
    expect(expected.size).toBeGreaterThan(4);
  });
});

it('dense layers may be equalised too', () => {
  expect(equalised(dense(3)).init(keyOf(1), [5]).shape).toEqual([3]);
});

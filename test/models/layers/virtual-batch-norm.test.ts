import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, Value } from '../../../src/engine/index.ts';
import {
  batchNorm,
  dense,
  gan,
  hinge,
  type Layer,
  sequential,
  sgd,
  spectralNorm,
  tanh,
  tap,
  uniform,
  virtualBatch,
  virtualBatchNorm,
} from '../../../src/models/index.ts';
import { applied, both, bothNames, expectClose, noise } from '../support.ts';

describe.each(bothNames)('virtual batch normalisation on %s', (name) => {
  const engine = both[name];

  it('takes the example for one more of the reference', () => {
    // Reference 0 and 2: mean 1, mean square 2. With 4: mean 2, mean square 20 / 3, variance 8 / 3.
    const { y } = applied(virtualBatchNorm(2), Value.of([0, 2, 4], [3, 1]), { engine });
    expectClose(y, [-1, 1, 2 / Math.sqrt(8 / 3)], 1e-4);
  });

  it('lets no example hear of its neighbours, as batch normalisation does', () => {
    const network = (of: typeof batchNorm) => virtualBatch(3, sequential([dense(2), of()]));
    const first = (layer: ReturnType<typeof network>, rest: Value) => {
      const x = Value.of([1, 2, ...rest.data], [3, 2]);
      return Array.from(applied(layer, x, { engine, training: true }).y.data.slice(0, 2));
    };
    const [some, others] = [noise('some', [2, 2]), noise('others', [2, 2], 9)];
    const virtual = network(() => virtualBatchNorm(3));
    expectClose(Value.of(first(virtual, some)), first(virtual, others), 1e-5);
    const batch = network(batchNorm);
    expect(Math.abs(first(batch, some)[0]! - first(batch, others)[0]!)).toBeGreaterThan(0.1);
  });
});

describe('virtualBatch', () => {
  it('keeps its reference in the buffers, drawn by its key', () => {
    const network = virtualBatch(3, sequential([dense(2), virtualBatchNorm(3)]));
    const { buffers, shape } = network.init(keyOf(1), [2]);
    expect(shape).toEqual([2]);
    expect((buffers.reference as Value).shape).toEqual([3, 2]);
    expect(network.init(keyOf(2), [2]).buffers.reference).not.toEqual(buffers.reference);
    const { y, buffers: after } = applied(network, noise('x', [5, 2]), { training: true });
    expect(y.shape).toEqual([5, 2]);
    expect(after.reference).toEqual(buffers.reference);
  });

  it.each([
    ['by itself', (layer: Layer) => layer],
    ['in a sequence', (layer: Layer) => sequential([layer, tanh()])],
    ['under a tap and a constraint', (layer: Layer) => tap('made', spectralNorm(layer))],
  ])('draws its reference as the system draws its noise (%s)', (_, within) => {
    const latent = uniform(3, 5, 6);
    const generator = within(virtualBatch(4, sequential([dense(2), virtualBatchNorm(4)])));
    const optimizers = { critic: sgd({ rate: 0.1 }), generator: sgd({ rate: 0.1 }) };
    const system = gan({ critic: dense(1), generator, latent, loss: hinge(), optimizers });
    const [, reference] = [...flattenTree(system.init(keyOf(1)))].find(([path]) =>
      path.endsWith('reference'),
    )!;
    expect(reference.shape).toEqual([4, 3]);
    for (const number of reference.data) expect(Math.abs(number - 5.5)).toBeLessThanOrEqual(0.5);
  });

  it('takes the means over the positions of an image', () => {
    const x = noise('x', [4, 2, 2, 1]);
    const { y } = applied(virtualBatchNorm(3), x);
    const reference = [...y.data.slice(0, 12)];
    expect(reference.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0, 4);
    expect(reference.reduce((sum, each) => sum + each * each, 0) / 12).toBeCloseTo(1, 3);
  });

  it('refuses a reference of nothing', () => {
    expect(() => virtualBatchNorm(0)).toThrow(
      'virtualBatchNorm: reference: expected a whole number from 1, got 0',
    );
  });
});

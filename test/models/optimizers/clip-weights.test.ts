import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { keyOf, type Tree, Value } from '../../../src/engine/index.ts';
import { clippedShare, clipWeights, convCritic } from '../../../src/models/index.ts';
import { compute, engineNames, engines } from '../support.ts';

const weights = {
  0: { kernel: Value.of([0.5, -0.2, 0.05, 0], [2, 2]), bias: Value.of([-3, 0.1]) },
  filter: Value.of([0.3, -0.01], [1, 1, 1, 2]),
};

describe.each(engineNames)('clipping on %s', (name) => {
  it('cuts every weight and every bias to the bound, and nothing else', () => {
    const { clipped } = compute(
      { weights },
      (at) => ({ clipped: clipWeights(at.weights, 0.1) }),
      engines[name],
    );
    expect(clipped).toEqual({
      0: { kernel: Value.of([0.1, -0.1, 0.05, 0], [2, 2]), bias: Value.of([-0.1, 0.1]) },
      filter: Value.of([0.1, -0.01], [1, 1, 1, 2]),
    });
  });

  it('tells the share of weights at the bound', () => {
    const share = (bound: number) =>
      compute(
        { weights },
        (at) => ({ share: clippedShare(clipWeights(at.weights, bound), bound) }),
        engines[name],
      ).share.data[0];
    expect(share(0.1)).toBe(5 / 8);
    expect(share(0.01)).toBe(7 / 8);
    expect(share(10)).toBe(0);
  });

  it('counts over filters, gains and biases of a whole network', () => {
    const { weights } = convCritic({ size: 16, channels: 1, filters: 2 }).init(keyOf(1), [16, 16, 1]);
    const { share } = compute(
      { weights },
      (at) => ({ share: clippedShare(clipWeights(at.weights as Tree<Tensor>, 1e-9), 1e-9) }),
      engines[name],
    );
    // All but the biases, which are zero: 2 + 4 of the convolutions, 4 of the layer norm, 1 of the
    // score.
    const biases = 2 + 4 + 4 + 1;
    const all = 4 * 4 * 2 + 4 * 4 * 2 * 4 + 4 + 4 * 4 * 4 + biases;
    expect(share.data[0]).toBeCloseTo(1 - biases / all, 6);
  });
});

import { describe, expect, it } from 'vitest';
import { flattenTree, keyOf, type Value } from '../../src/engine/index.ts';
import { featureHash, featureLayers, featureWidth } from '../../src/evaluation/feature-network.ts';

const initial = featureLayers(10).init(keyOf(1), [28, 28, 1]);
const network = { shape: [28, 28, 1], scale: 2, weights: initial.weights };

describe('featureLayers', () => {
  it('has the layers of the recipe: 110 thousand weights, 64 features, the classes', () => {
    const count = [...flattenTree(initial.weights).values()].reduce((sum, { data }) => sum + data.length, 0);
    expect(count).toBe(4 * 4 * 16 + 16 + 4 * 4 * 16 * 32 + 32 + 7 * 7 * 32 * 64 + 64 + 64 * 10 + 10);
    expect(initial.taps).toEqual({ features: [featureWidth] });
    expect(initial.shape).toEqual([10]);
  });

  it('refuses one class', () => {
    expect(() => featureLayers(1)).toThrow('classes: expected a whole number from 2, got 1');
  });
});

describe('featureHash', () => {
  it('is the same for the same network, and another for any other weight, scale or shape', () => {
    const again = featureLayers(10).init(keyOf(1), [28, 28, 1]).weights;
    const hash = featureHash(network);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(featureHash({ ...network, weights: again })).toBe(hash);
    (flattenTree(again).values().next().value as Value).data[0]! += 1;
    const others = [{ weights: again }, { scale: 3 }, { shape: [28, 28, 3] }];
    expect(new Set([hash, ...others.map((other) => featureHash({ ...network, ...other }))]).size).toBe(4);
  });
});

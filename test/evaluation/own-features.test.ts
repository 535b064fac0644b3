import { describe, expect, it } from 'vitest';
import { Value } from '../../src/engine/index.ts';
import { identityFeatures, ownFeatures } from '../../src/evaluation/own-features.ts';

describe('identityFeatures', () => {
  it('lays each sample out as a row', async () => {
    const features = identityFeatures();
    const { features: rows } = await features.see(Value.of([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2, 1]));
    expect(rows.shape).toEqual([2, 4]);
    expect([...Array.from(rows.data)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(features.hash).toBe('identity');
  });
});

describe('ownFeatures', () => {
  it('takes a function of one’s own under its own hash', async () => {
    const brightness = ownFeatures({
      name: 'brightness',
      hash: 'mean-1',
      see: ({ data }) => ({
        features: { shape: [1, 1], data: [data[0]! + data[1]!] },
      }),
    });
    expect((await brightness.see(Value.of([1, 2], [1, 2]))).features.data).toEqual([3]);
  });

  it('refuses to go without a hash, by which its scores are known', () => {
    const see = () => ({ features: { shape: [1, 1], data: [0] } });
    expect(() => ownFeatures({ name: 'x', hash: '', see })).toThrow('hash: expected text');
  });
});

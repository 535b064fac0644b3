import { expect, it } from 'vitest';
import { keyOf, normals, openEngine } from '../../src/engine/index.ts';
import { featureLayers } from '../../src/evaluation/feature-network.ts';
import { networkFeatures } from '../../src/evaluation/network-features.ts';

it('networkFeatures sees any number of samples alike, over one scale, and refuses other shapes', async () => {
  const { engine } = await openEngine('auto');
  const { weights } = featureLayers(3).init(keyOf(2), [8, 8, 1]);
  const network = {
    data: 'x',
    shape: [8, 8, 1],
    classes: 3,
    labels: 'classes',
    accuracy: 1,
    weights,
  } as const;
  const plain = networkFeatures({ ...network, scale: 1, hash: 'a' }, engine);
  const halved = networkFeatures({ ...network, scale: 2, hash: 'b' }, engine);
  const samples = normals(keyOf(3), [130, 8, 8, 1]);
  const told: number[] = [];
  const all = await plain.see(samples, (done) => told.push(done));
  expect(told).toEqual([100, 130]);
  expect(all.features.shape).toEqual([130, 64]);
  const few = await halved.see(normals(keyOf(3), [130, 8, 8, 1]));
  for (let i = 0; i < 130 * 64; i += 97)
    expect(few.features.data[i]).toBeCloseTo(all.features.data[i]! / 2, 6);
  const sum = Array.from(all.probabilities!.data)
    .slice(3 * 129)
    .reduce((total, p) => total + p, 0);
  expect(sum).toBeCloseTo(1, 6);
  await expect(plain.see(normals(keyOf(3), [2, 8, 8, 3]))).rejects.toThrow(
    'features: expected samples of [8,8,1], as the network was trained on, got [8,8,3]',
  );
  plain.close();
  halved.close();
});

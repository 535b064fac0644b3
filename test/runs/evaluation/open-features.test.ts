import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cpuEngine, keyOf, normals } from '../../../src/engine/index.ts';
import { featureHash, featureLayers } from '../../../src/evaluation/index.ts';
import { openFeatures, writeFeatures } from '../../../src/runs/index.ts';
import { scratchFolder } from '../../support/weir.ts';

it('openFeatures opens a network of the hash that is asked for, and no other', async () => {
  const path = join(scratchFolder(), 'features.safetensors');
  const shape = [8, 8, 1];
  const plain = { shape, scale: 1, weights: featureLayers(2).init(keyOf(1), shape).weights };
  const hash = featureHash(plain);
  await writeFeatures(path, { ...plain, hash, data: 'bars', classes: 2, labels: 'classes', accuracy: 1 });
  const features = await openFeatures(path, await cpuEngine(), hash);
  expect((await features.see(normals(keyOf(1), [3, 8, 8, 1]))).features.shape).toEqual([3, 64]);
  features.close();
  await expect(openFeatures(path, await cpuEngine(), 'ffff')).rejects.toThrow(
    `features: expected those that the run was scored with before, of hash ffff, got ${hash}`,
  );
});

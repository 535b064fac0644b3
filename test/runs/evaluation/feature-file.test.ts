import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeCheckpoint } from '../../../src/checkpoint/index.ts';
import { cpuEngine, keyOf, normals, Value } from '../../../src/engine/index.ts';
import { type FeatureNetwork, featureHash, featureLayers } from '../../../src/evaluation/index.ts';
import { FeatureFileError, openFeatures, readFeatures, writeFeatures } from '../../../src/runs/index.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();
const file = (name: string) => join(root, name);

function network(seed = 1): FeatureNetwork {
  const shape = [8, 8, 1];
  const { weights } = featureLayers(3).init(keyOf(seed), shape);
  const plain = {
    data: 'bars',
    shape,
    classes: 3,
    labels: 'classes',
    accuracy: 0.9,
    scale: 2.5,
    weights,
  } as const;
  return { ...plain, hash: featureHash(plain) };
}

describe('a feature file', () => {
  it('gives back the network that was written, and equal networks give equal bytes', async () => {
    await writeFeatures(file('a'), network());
    await writeFeatures(file('b'), network());
    expect(await readFeatures(file('a'))).toEqual(network());
    expect(readFileSync(file('a'))).toEqual(readFileSync(file('b')));
  });

  it('is refused where its hash is not that of its weights', async () => {
    await writeFeatures(file('forged'), { ...network(), hash: network(2).hash });
    await expect(readFeatures(file('forged'))).rejects.toThrow(
      `features: expected weights of hash ${network(2).hash}, got ${network().hash}`,
    );
  });

  it('is refused where there is none, or the checkpoint of a run', async () => {
    await expect(readFeatures(file('none'))).rejects.toThrow('which is not there');
    await expect(readFeatures(root)).rejects.toThrow(FeatureFileError);
    await writeCheckpoint(file('run'), { tensors: { w: Value.scalar(1) }, state: { index: 3 } });
    await expect(readFeatures(file('run'))).rejects.toThrow('which is the checkpoint of a run');
  });
});

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

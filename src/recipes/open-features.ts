import type { Engine } from '../engine/index.ts';
import { type Features, networkFeatures } from '../evaluation/index.ts';
import { FeatureFileError, readFeatures } from './feature-file.ts';

/**
 * The features of a file on an engine.
 * @param hash what they must be, where scores under others are there already
 * @throws FeatureFileError when there are none, or others
 */
export async function openFeatures(path: string, engine: Engine, hash?: string): Promise<Features> {
  const network = await readFeatures(path);
  if (hash !== undefined && network.hash !== hash) {
    throw new FeatureFileError(
      `--features: expected those that the run was scored with before, of hash ${hash}, got ${network.hash} in ${path}; scores under two networks cannot be compared`,
    );
  }
  return networkFeatures(network, engine);
}

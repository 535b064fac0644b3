import type { Engine } from '../../engine/index.ts';
import { type Features, networkFeatures, onnxFeatures } from '../../evaluation/index.ts';
import { FeatureFileError, readFeatures } from './feature-file.ts';

/**
 * The features of a file on an engine: of `weir features train`, or a foreign network as `.onnx`.
 * @param hash what they must be, where scores under others are there already
 * @throws FeatureFileError when there are none, or others; ForeignModelError
 */
export async function openFeatures(path: string, engine: Engine, hash?: string): Promise<Features> {
  const features = path.endsWith('.onnx')
    ? await onnxFeatures(path)
    : networkFeatures(await readFeatures(path), engine);
  if (hash === undefined || features.hash === hash) return features;
  features.close();
  throw new FeatureFileError(
    `features: expected those that the run was scored with before, of hash ${hash}, got ${features.hash} in ${path}; scores under two networks cannot be compared`,
  );
}

/** The hash of the features of a file. @throws FeatureFileError, ForeignModelError */
export async function hashOfFeatures(path: string): Promise<string> {
  if (!path.endsWith('.onnx')) return (await readFeatures(path)).hash;
  const features = await onnxFeatures(path);
  features.close();
  return features.hash;
}

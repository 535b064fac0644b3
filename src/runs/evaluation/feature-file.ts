import { readFile } from 'node:fs/promises';
import { systemCode, WeirError } from '../../base/index.ts';
import { decode, writeCheckpoint } from '../../checkpoint/index.ts';
import { keyOf, unflattenTree } from '../../engine/index.ts';
import { type FeatureNetwork, featureHash, featureLayers } from '../../evaluation/index.ts';

/** A file that should hold a feature network holds none. */
export class FeatureFileError extends WeirError {
  readonly code = 'FEATURE_FILE';
  readonly kind = 'input';
}

const kind = 'features';

/**
 * Writes a feature network as a checkpoint: weights as tensors, everything else as state. @throws
 * CheckpointWriteError
 */
export async function writeFeatures(path: string, network: FeatureNetwork): Promise<void> {
  const { weights, ...about } = network;
  await writeCheckpoint(path, { tensors: { weights }, state: { index: 0, kind, ...about } });
}

/**
 * Reads a feature network back.
 * @throws FeatureFileError when there is none or its hash is not that of its weights;
 * CheckpointCorruptError, CheckpointForeignError
 */
export async function readFeatures(path: string): Promise<FeatureNetwork> {
  const bytes = await readFile(path).catch((cause) => {
    const why = systemCode(cause) === 'ENOENT' ? 'which is not there' : `which cannot be read: ${cause}`;
    throw new FeatureFileError(`features: expected a file of weir features train, got ${path}, ${why}`, {
      cause,
    });
  });
  const { tensors, state } = decode(bytes, path);
  if (state.kind !== kind) {
    throw new FeatureFileError(
      `features: expected a file of weir features train, got ${path}, which is the checkpoint of a run`,
    );
  }
  const {
    index: _,
    kind: __,
    ...about
  } = state as Omit<FeatureNetwork, 'weights'> & {
    readonly index: number;
    readonly kind: string;
  };
  const like = featureLayers(about.classes).init(keyOf(0), about.shape).weights;
  const network = { ...about, weights: unflattenTree(tensors, { weights: like }).weights as typeof like };
  const hash = featureHash(network);
  if (hash === about.hash) return network;
  throw new FeatureFileError(`features: expected weights of hash ${about.hash}, got ${hash} in ${path}`);
}

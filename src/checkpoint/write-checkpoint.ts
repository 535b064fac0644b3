import { dirname } from 'node:path';
import type { Checkpoint } from './checkpoint.ts';
import { encode } from './encode.ts';
import { CheckpointWriteError } from './errors.ts';
import { type FileSystem, realFileSystem } from './file-system.ts';
import { replaceFile } from './replace-file.ts';

/**
 * Writes one checkpoint to a file of any name, in whole or not at all; its folder is made. For what
 * no store looks after: a feature network, the best state of a run.
 * @throws CheckpointWriteError; what `encode` throws
 */
export async function writeCheckpoint(
  path: string,
  checkpoint: Checkpoint,
  fs: FileSystem = realFileSystem,
): Promise<void> {
  const parts = encode(checkpoint);
  try {
    await fs.makeFolder(dirname(path));
    await replaceFile(fs, path, parts);
  } catch (error) {
    throw new CheckpointWriteError(path, undefined, error);
  }
}

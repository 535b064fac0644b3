export type { Checkpoint, CheckpointState, LoadedCheckpoint } from './checkpoint.ts';
export {
  CheckpointStore,
  type CheckpointStoreOptions,
  type LatestCheckpoint,
  type SavedCheckpoint,
  type StoredCheckpoint,
} from './checkpoint-store.ts';
export { decode, decodeTensors } from './decode.ts';
export { encode } from './encode.ts';
export {
  CheckpointCorruptError,
  CheckpointForeignError,
  CheckpointPruneError,
  CheckpointReadError,
  CheckpointWriteError,
} from './errors.ts';
export type { Keep } from './expired.ts';
export { type FileSystem, type OpenFile, realFileSystem } from './file-system.ts';
export { layOut } from './safetensors.ts';
export { writeCheckpoint } from './write-checkpoint.ts';

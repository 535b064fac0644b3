import { createHash } from 'node:crypto';
import { flattenTree, mapTree, type Value } from '../engine/index.ts';
import type { Checkpoint } from './checkpoint.ts';
import { layOut } from './safetensors.ts';
import { stateText } from './state-text.ts';

/** What this version writes and reads. */
export const format = 'weir/1';

/**
 * A checkpoint as the bytes of a safetensors file, in parts to be written one after the other.
 * Equal checkpoints give equal bytes. The parts share the memory of the tensors: leave those alone
 * until the parts are written.
 *
 * `__metadata__` holds `format`, `state` (JSON) and `sha256`: over all bytes of the file but the 64
 * digits themselves.
 * @throws TypeError for a state that is not JSON, RangeError for a tensor that the format has no
 * place for
 */
export function encode({ tensors, state }: Checkpoint): Uint8Array[] {
  const leaves = flattenTree(tensors);
  let count = 0;
  mapTree(tensors, () => count++);
  if (count !== leaves.size)
    throw new RangeError('checkpoint: expected one tensor a path, got two of one path');
  return seal(leaves, stateText(state));
}

/** Lays the file out and writes its hash into it. */
export function seal(tensors: ReadonlyMap<string, Value>, state: string): Uint8Array[] {
  const parts = layOut(tensors, { format, sha256: '0'.repeat(64), state });
  const header = parts[0]!;
  const at = 8 + `{"__metadata__":{"format":"${format}","sha256":"`.length;
  const hash = createHash('sha256')
    .update(header.subarray(0, at))
    .update(header.subarray(at + 64));
  for (const part of parts.slice(1)) hash.update(part);
  header.set(Buffer.from(hash.digest('hex'), 'latin1'), at);
  return parts;
}

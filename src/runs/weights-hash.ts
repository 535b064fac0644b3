import { createHash } from 'node:crypto';
import { flattenTree, type Tree, type Value } from '../engine/index.ts';

/** SHA-256 of names, types, shapes and values of all tensors, in hexadecimal digits. */
export function weightsHash(tensors: Tree<Value>): string {
  const hash = createHash('sha256');
  for (const [name, { dtype, shape, data }] of flattenTree(tensors))
    hash
      .update(`${name} ${dtype} [${shape}]\n`)
      .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest('hex');
}

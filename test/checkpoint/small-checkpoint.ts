import { createHash } from 'node:crypto';
import { type Checkpoint, encode } from 'weir-streams/checkpoint';
import { Value } from 'weir-streams/engine';

/**
 * A checkpoint of a few hundred bytes with every type, a scalar, an empty tensor and an empty
 * branch.
 */
export function smallCheckpoint(index = 3): Checkpoint {
  return {
    tensors: {
      critic: {
        0: { kernel: Value.of([1, -0, Number.NaN, index], [2, 2]), bias: Value.of([0.5, -Infinity]) },
        1: {},
      },
      optimizer: { critic: { step: Value.scalar(index) } },
      labels: new Value('int32', [3], Int32Array.of(-1, 0, 2 ** 31 - 1)),
      mask: new Value('bool', [3], Uint8Array.of(1, 0, 1)),
      none: new Value('float32', [0, 4], new Float32Array(0)),
    },
    state: { index, seed: 7, name: 'Wasserstein’s', gauges: { loss: -0.25, best: null } },
  };
}

/** The bytes of its file. */
export function bytesOf(checkpoint: Checkpoint): Buffer {
  return Buffer.concat(encode(checkpoint));
}

/** How the header of every checkpoint begins, with the place of the hash still empty. */
export const head = `{"__metadata__":{"format":"weir/1","sha256":"${'0'.repeat(64)}","state":"{\\"index\\":3}"}`;

/**
 * A file with any header and data and the right hash, so that only the other rules can refuse it.
 */
export function forge(header: string | Uint8Array, data: Uint8Array = new Uint8Array(0)): Buffer {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const file = Buffer.concat([length, text, data]);
  const at = file.indexOf('0'.repeat(64));
  if (at < 0) return file;
  const digest = createHash('sha256')
    .update(file.subarray(0, at))
    .update(file.subarray(at + 64));
  file.write(digest.digest('hex'), at);
  return file;
}

/** Spaces up to the length that our own header would have. */
export function padded(header: string): string {
  return header.padEnd(Math.ceil(header.length / 8) * 8);
}

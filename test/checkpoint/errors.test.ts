import { describe, expect, it } from 'vitest';
import {
  CheckpointCorruptError,
  CheckpointForeignError,
  CheckpointPruneError,
  CheckpointReadError,
  CheckpointWriteError,
} from 'weir-streams/checkpoint';

const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

describe('the errors of checkpoints', () => {
  it('name file, place and rule of a corrupt one', () => {
    expect(new CheckpointCorruptError('a.safetensors', 8, 'expected {').message).toBe(
      'a.safetensors: at byte 8: expected {',
    );
    const error = new CheckpointCorruptError('a.safetensors', 'tensor w', 'expected 4 bytes');
    expect(error).toMatchObject({
      name: 'CheckpointCorruptError',
      code: 'CHECKPOINT_CORRUPT',
      kind: 'input',
      file: 'a.safetensors',
      place: 'tensor w',
      message: 'a.safetensors: tensor w: expected 4 bytes',
    });
  });

  it('say what a failed write leaves intact', () => {
    const error = new CheckpointWriteError('b.safetensors', 'a.safetensors', full);
    expect(error).toMatchObject({ code: 'CHECKPOINT_WRITE', kind: 'failure', cause: full });
    expect(error.message).toBe(
      'b.safetensors: could not be written: the disk is full (ENOSPC); earlier checkpoints are intact, the newest is a.safetensors',
    );
    expect(new CheckpointWriteError('b', null, full).message).toContain('there is no earlier checkpoint');
    expect(new CheckpointWriteError('b', undefined, 'why').message).toBe(
      'b: could not be written: why; earlier checkpoints are intact',
    );
  });

  it('have a code each and keep the cause', () => {
    expect(new CheckpointForeignError('a', 'a picture')).toMatchObject({
      code: 'CHECKPOINT_FOREIGN',
      kind: 'input',
    });
    expect(new CheckpointReadError('a', full)).toMatchObject({ code: 'CHECKPOINT_READ', cause: full });
    expect(new CheckpointPruneError('a', full)).toMatchObject({ code: 'CHECKPOINT_PRUNE', cause: full });
  });
});

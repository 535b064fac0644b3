import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointWriteError, decode, writeCheckpoint } from '../../src/checkpoint/index.ts';
import { bytesOf, smallCheckpoint } from './small-checkpoint.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('writeCheckpoint', () => {
  it('writes a file of any name, in folders that it makes, and replaces it', async () => {
    const path = join(temporaryFolder(), 'a', 'b', 'best.safetensors');
    await writeCheckpoint(path, smallCheckpoint(1));
    await writeCheckpoint(path, smallCheckpoint(2));
    expect(readFileSync(path)).toEqual(bytesOf(smallCheckpoint(2)));
    expect(decode(readFileSync(path)).state.index).toBe(2);
  });

  it('tells where it could not write', async () => {
    const folder = temporaryFolder();
    await writeCheckpoint(join(folder, 'file'), smallCheckpoint());
    const failed = writeCheckpoint(join(folder, 'file', 'best.safetensors'), smallCheckpoint());
    await expect(failed).rejects.toThrow(CheckpointWriteError);
  });
});

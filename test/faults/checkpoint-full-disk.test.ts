import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CheckpointStore } from 'weir-streams/checkpoint';
import { Value } from 'weir-streams/engine';

const disk = mkdtempSync(join(tmpdir(), 'weir-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'weir-test', disk]).status === 0;
if (!mounted) {
  console.info(
    'no disk can be mounted here: a full one is only simulated (test/checkpoint/failing-operations.test.ts)',
  );
}

afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

const checkpoint = (index: number, weights: number) => ({
  tensors: { weights: Value.filled([weights], index) },
  state: { index },
});

describe('on a disk of 12 MB', () => {
  it.skipIf(!mounted)(
    'a checkpoint that no longer fits says so and costs nothing that was there',
    async () => {
      const store = new CheckpointStore(join(disk, 'checkpoints'));
      await store.save(checkpoint(1, 2_000_000));
      const error = await store.save(checkpoint(2, 2_000_000)).catch((caught) => caught);
      expect(error).toMatchObject({ code: 'CHECKPOINT_WRITE', kind: 'failure', cause: { code: 'ENOSPC' } });
      expect(error.message).toContain(
        'the disk is full (ENOSPC); earlier checkpoints are intact, the newest is checkpoint-0000000001',
      );
      expect(readdirSync(store.folder)).toEqual(['checkpoint-0000000001.safetensors']);
      expect(await store.latest()).toMatchObject({ index: 1, skipped: [] });

      await store.save(checkpoint(3, 500_000));
      expect((await store.latest())!.index).toBe(3);
    },
  );

  it.skipIf(!mounted)('what a crash left is removed before the space is needed', async () => {
    const store = new CheckpointStore(join(disk, 'checkpoints'));
    for (const { path } of await store.list()) rmSync(path);
    writeFileSync(join(store.folder, 'checkpoint-0000000007.safetensors.tmp'), new Uint8Array(8_000_000));
    await store.save(checkpoint(8, 2_000_000));
    expect(readdirSync(store.folder)).toEqual(['checkpoint-0000000008.safetensors']);
  });
});

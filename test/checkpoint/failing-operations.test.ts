import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointStore, CheckpointWriteError, decode } from 'weir-streams/checkpoint';
import { fileName, indexOf } from '../../src/checkpoint/file-name.ts';
import { FailingFileSystem, type Fault } from './failing-file-system.ts';
import { smallCheckpoint } from './small-checkpoint.ts';
import { temporaryFolder } from './temporary-folder.ts';

const keep = { last: 2 };

/** A folder with two checkpoints, one that retention will let go next, and what a crash left. */
async function prepared(): Promise<string> {
  const folder = temporaryFolder();
  const store = new CheckpointStore(folder, { keep });
  for (const step of [1, 2]) await store.save(smallCheckpoint(step));
  writeFileSync(join(folder, `${fileName(9)}.tmp`), 'left by a crash');
  return folder;
}

/** Every checkpoint in the folder, verified by content. */
function goodSteps(folder: string): (number | undefined)[] {
  return readdirSync(folder)
    .filter((name) => indexOf(name) !== undefined)
    .sort()
    .map((name) => {
      const { index } = decode(readFileSync(join(folder, name))).state;
      expect(indexOf(name)).toBe(index);
      return index;
    });
}

async function attempt(folder: string, fs: FailingFileSystem) {
  const store = new CheckpointStore(folder, { keep, fs });
  try {
    return { saved: await store.save(smallCheckpoint(3)) };
  } catch (error) {
    return { error };
  }
}

describe.each<Fault>(['EIO', 'ENOSPC', 'EACCES', 'short'])(
  'when one operation of a save ends in %s',
  (fault) => {
    it('leaves the old state or the new one, whichever operation it is', async () => {
      const seen = new Set<string>();
      for (let n = 0; ; n++) {
        const folder = await prepared();
        const fs = new FailingFileSystem(n, fault);
        const { saved, error } = await attempt(folder, fs);
        if (fs.failed === undefined) break;
        seen.add(fs.failed);

        const steps = goodSteps(folder);
        const left = readdirSync(folder).filter((name) => name.endsWith('.tmp'));
        if (saved === undefined) {
          expect(error).toBeInstanceOf(CheckpointWriteError);
          expect(error).toMatchObject({ code: 'CHECKPOINT_WRITE', cause: fs.error });
          expect(steps.slice(0, 2)).toEqual([1, 2]);
        } else {
          expect(steps).toContain(3);
          expect(steps).toContain(2);
          expect(saved.notRemoved.map(({ cause }) => cause)).toEqual(
            fs.error === undefined ? [] : [fs.error],
          );
        }
        expect(left).not.toContain(`${fileName(3)}.tmp`);
        if (saved?.notRemoved.length === 0) expect(left).toEqual([]);

        expect((await new CheckpointStore(folder).latest())!.index).toBe(steps.at(-1));
        await new CheckpointStore(folder, { keep }).save(smallCheckpoint(4));
        expect(readdirSync(folder)).toEqual([steps.at(-1), 4].map((step) => fileName(step!)));
      }
      expect([...seen].sort()).toEqual(
        ['makeFolder', 'names', 'remove', 'create', 'write', 'sync', 'close', 'rename', 'syncFolder'].sort(),
      );
    });
  },
);

describe.each<Fault>(['EIO', 'EACCES'])('when one operation of a load ends in %s', (fault) => {
  it('says so, or falls back and says so, whichever operation it is', async () => {
    const folder = await prepared();
    const outcomes: unknown[] = [];
    for (let n = 0; n < 3; n++) {
      const fs = new FailingFileSystem(n, fault);
      const outcome = await new CheckpointStore(folder, { fs }).latest().catch((error) => error);
      outcomes.push([fs.failed, outcome.code ?? outcome.index, (outcome.skipped ?? []).length]);
    }
    expect(outcomes).toEqual([
      ['names', 'CHECKPOINT_READ', 0],
      ['read', 1, 1],
      [undefined, 2, 0],
    ]);
  });
});

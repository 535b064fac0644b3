import { copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointStore, realFileSystem } from 'weir-streams/checkpoint';
import { fileName } from '../../src/checkpoint/file-name.ts';
import { bytesOf, smallCheckpoint } from './small-checkpoint.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function storeWith(...steps: number[]): Promise<CheckpointStore> {
  const store = new CheckpointStore(temporaryFolder());
  for (const step of steps) await store.save(smallCheckpoint(step));
  return store;
}

const stepsOf = async (store: CheckpointStore) => (await store.list()).map(({ index }) => index);

describe('CheckpointStore', () => {
  it('saves under the step and tells where and how much', async () => {
    const store = await storeWith();
    const saved = await store.save(smallCheckpoint(5000));
    const path = join(store.folder, 'checkpoint-0000005000.safetensors');
    expect(saved).toEqual({
      path,
      index: 5000,
      bytes: bytesOf(smallCheckpoint(5000)).length,
      notRemoved: [],
    });
    expect(readFileSync(path).equals(bytesOf(smallCheckpoint(5000)))).toBe(true);
    expect(readdirSync(store.folder)).toEqual(['checkpoint-0000005000.safetensors']);
  });

  it('makes the folder where there is none, and touches nothing before', async () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    const store = new CheckpointStore(folder);
    expect(await store.list()).toEqual([]);
    expect(await store.latest()).toBeUndefined();
    await store.save(smallCheckpoint(1));
    expect(await stepsOf(store)).toEqual([1]);
  });

  it('gives back the newest by step, not by time', async () => {
    const store = await storeWith(20, 10);
    expect(await stepsOf(store)).toEqual([10, 20]);
    const latest = await store.latest();
    expect(latest).toMatchObject({ index: 20, path: join(store.folder, fileName(20)), skipped: [] });
    expect(latest!.state).toEqual(smallCheckpoint(20).state);
    expect(latest!.tensors.get('optimizer/critic/step')!.data[0]).toBe(20);
  });

  it('replaces the checkpoint of the same step', async () => {
    const store = await storeWith(10);
    await store.save({ ...smallCheckpoint(10), tensors: {} });
    expect((await store.latest())!.tensors.size).toBe(0);
  });

  it('keeps the newest and every tenth, and whatever it did not name itself', async () => {
    const folder = temporaryFolder();
    const store = new CheckpointStore(folder, { keep: { multiplesOf: 50 } });
    const strangers = [
      'best.safetensors',
      'checkpoint-5.safetensors',
      'notes.tmp',
      'checkpoint-0000000001.bin',
    ];
    for (const name of strangers) writeFileSync(join(folder, name), 'mine');
    for (let step = 5; step <= 120; step += 5) await store.save(smallCheckpoint(step));
    expect(await stepsOf(store)).toEqual([50, 100, 110, 115, 120]);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(strangers));
  });

  it('never removes what it has just saved, nor later steps, when a run goes on from an earlier one', async () => {
    const store = await storeWith(10, 20, 30);
    await store.save(smallCheckpoint(5));
    expect(await stepsOf(store)).toEqual([5, 10, 20, 30]);
  });

  it('removes the steps after one that a run goes back to', async () => {
    const store = await storeWith(1, 2, 3);
    await store.removeAfter(1);
    expect(await stepsOf(store)).toEqual([1]);
    await store.removeAfter(1);
    expect(await stepsOf(store)).toEqual([1]);
  });

  it('removes what a crash left of an unfinished save at the next save, not when somebody only reads', async () => {
    const store = await storeWith(1);
    writeFileSync(join(store.folder, `${fileName(2)}.tmp`), 'half');
    await new CheckpointStore(store.folder).latest();
    expect(readdirSync(store.folder)).toContain(`${fileName(2)}.tmp`);
    await store.save(smallCheckpoint(3));
    expect(readdirSync(store.folder)).toEqual([fileName(1), fileName(3)]);
  });

  it('falls back to the newest good one and tells why', async () => {
    const store = await storeWith(1, 2, 3);
    truncateSync(join(store.folder, fileName(3)), 100);
    const flipped = bytesOf(smallCheckpoint(2));
    flipped[flipped.length - 1]! ^= 1;
    writeFileSync(join(store.folder, fileName(2)), flipped);
    const latest = await store.latest();
    expect(latest!.index).toBe(1);
    expect(latest!.skipped).toEqual([
      expect.objectContaining({ code: 'CHECKPOINT_CORRUPT', file: join(store.folder, fileName(3)) }),
      expect.objectContaining({ code: 'CHECKPOINT_CORRUPT', file: join(store.folder, fileName(2)) }),
    ]);
  });

  it.each([
    ['an empty file', new Uint8Array(0), 'CHECKPOINT_CORRUPT'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'CHECKPOINT_CORRUPT'],
    ['the checkpoint of another step', bytesOf(smallCheckpoint(1)), 'CHECKPOINT_CORRUPT'],
  ])('refuses %s and falls back', async (_, bytes, code) => {
    const store = await storeWith(1);
    const path = join(store.folder, fileName(2));
    writeFileSync(path, bytes);
    await expect(store.load(path)).rejects.toMatchObject({ code, file: path });
    expect(await store.latest()).toMatchObject({ index: 1, skipped: [{ code }] });
  });

  it.each([
    ['another program', Buffer.from('\x02\0\0\0\0\0\0\0{}')],
    [
      'another version',
      Buffer.from(
        Buffer.from(bytesOf(smallCheckpoint(2)))
          .toString('latin1')
          .replace('weir/1', 'weir/2'),
        'latin1',
      ),
    ],
  ])('falls back behind no file of %s, which it would overwrite later', async (_, bytes) => {
    const store = await storeWith(1);
    const path = join(store.folder, fileName(2));
    writeFileSync(path, bytes);
    for (const refused of [store.load(path), store.latest()])
      await expect(refused).rejects.toMatchObject({ code: 'CHECKPOINT_FOREIGN', file: path });
  });

  it('throws what is wrong with the newest when none is good, so that no run starts again unnoticed', async () => {
    const store = await storeWith(1, 2);
    for (const step of [1, 2]) truncateSync(join(store.folder, fileName(step)), 10);
    await expect(store.latest()).rejects.toMatchObject({
      code: 'CHECKPOINT_CORRUPT',
      file: join(store.folder, fileName(2)),
    });
  });

  it('loads a copy under any name', async () => {
    const store = await storeWith(7);
    const copy = join(store.folder, 'best.safetensors');
    copyFileSync(join(store.folder, fileName(7)), copy);
    expect((await store.load(copy)).state.index).toBe(7);
  });

  it('says what it could not read', async () => {
    const store = await storeWith();
    const path = join(store.folder, 'none.safetensors');
    await expect(store.load(path)).rejects.toMatchObject({
      code: 'CHECKPOINT_READ',
      file: path,
      cause: { code: 'ENOENT' },
    });
    writeFileSync(path, '');
    await expect(new CheckpointStore(path).list()).rejects.toMatchObject({
      code: 'CHECKPOINT_READ',
      cause: { code: 'ENOTDIR' },
    });
  });

  it('says what it could not write, and what is intact', async () => {
    const store = await storeWith(1);
    mkdirSync(join(store.folder, fileName(2)));
    const error = await store.save(smallCheckpoint(2)).catch((caught) => caught);
    expect(error).toMatchObject({ code: 'CHECKPOINT_WRITE', cause: { code: 'EISDIR' } });
    expect(error.message).toContain(`earlier checkpoints are intact, the newest is ${fileName(2)}`);
  });

  it('refuses a second save while one is under way, and goes on after it', async () => {
    const store = await storeWith();
    const first = store.save(smallCheckpoint(1));
    await expect(store.save(smallCheckpoint(2))).rejects.toThrow('expected one save at a time');
    await first;
    await store.save(smallCheckpoint(3));
    expect(await stepsOf(store)).toEqual([1, 3]);
  });

  it('can save again after a checkpoint that could not be encoded', async () => {
    const store = await storeWith();
    await expect(store.save({ tensors: {}, state: { index: -1 } })).rejects.toThrow(TypeError);
    await store.save(smallCheckpoint(1));
    expect(readdirSync(store.folder)).toEqual([fileName(1)]);
  });

  it('reports an old checkpoint that it could not remove, and tries again next time', async () => {
    let stuck = true;
    const remove = (path: string) =>
      stuck
        ? Promise.reject(Object.assign(new Error('busy'), { code: 'EBUSY' }))
        : realFileSystem.remove(path);
    const store = new CheckpointStore(temporaryFolder(), {
      keep: { last: 1 },
      fs: { ...realFileSystem, remove },
    });
    await store.save(smallCheckpoint(1));
    const second = await store.save(smallCheckpoint(2));
    expect(second.notRemoved).toMatchObject([
      { code: 'CHECKPOINT_PRUNE', file: join(store.folder, fileName(1)), cause: { code: 'EBUSY' } },
    ]);
    stuck = false;
    expect((await store.save(smallCheckpoint(3))).notRemoved).toEqual([]);
    expect(await stepsOf(store)).toEqual([3]);
  });

  it('refuses a wrong option', () => {
    expect(() => new CheckpointStore('x', { keep: { last: 0 } })).toThrow(
      'keep.last: expected a whole number',
    );
  });
});

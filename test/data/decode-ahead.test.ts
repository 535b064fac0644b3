import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { take, tap } from 'rxjs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  DataError,
  DataMissingError,
  type Dataset,
  decodeAhead,
  type ExampleBatch,
  openDataset,
  ring8,
  shuffled,
} from '../../src/data/index.ts';
import { pump, Run } from '../../src/streams/index.ts';
import { jpegFile, plain } from './picture-files.ts';
import { tarFile } from './tar-file.ts';
import { folderWith } from './temporary.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
/** Two shards of seven pictures each, with classes and texts; one picture may be broken. */
function shardFolder(broken?: number): string {
  const shard = (first: number) =>
    tarFile(
      Array.from({ length: 7 }, (_, i) => first + i).flatMap((n) => [
        [
          `${n}.jpg`,
          n === broken
            ? jpegFile(plain(9, 8, 1, 2, 3)).subarray(0, 200)
            : jpegFile(plain(9, 8, 17 * n, 90, n)),
        ] as const,
        [`${n}.cls`, bytes(String(n % 3))] as const,
        [`${n}.txt`, bytes(`number ${n}`)] as const,
      ]),
    );
  return folderWith({ 'a.tar': shard(0), 'b.tar': shard(7) });
}

async function batchesOf(
  source:
    | AsyncIterable<{ index: number; batch: ExampleBatch }>
    | Iterable<{ index: number; batch: ExampleBatch }>,
  count: number,
) {
  const all: { index: number; batch: ExampleBatch }[] = [];
  for await (const item of source) if (all.push(item) === count) break;
  return all;
}

describe('decodeAhead', () => {
  it('gives the same bytes in the same order for 1, 2 and 4 workers as without', async () => {
    const data = await openDataset(`shards:${shardFolder()},6,flip,crop=1,brightness=0.3`, { seed: 5 });
    const order = { size: 4, seed: 5, start: 2 };
    const expected = await batchesOf(shuffled(data, order), 9);
    expect(Object.keys(expected[0]!.batch)).toEqual(['examples', 'labels', 'parts']);
    for (const workers of [1, 2, 4])
      expect(await batchesOf(decodeAhead(data, { ...order, workers }), 9)).toEqual(expected);
  });

  it('opens mixes, held-out parts and made data too', async () => {
    const spec = `mix:shards:${shardFolder()},16,held-out=0.3*2+shapes:16`;
    for (const split of ['train', 'test'] as const) {
      const data = await openDataset(spec.replace('+shapes:16', '+shapes:16,held-out'), { seed: 3, split });
      const order = { size: 3, seed: 3 };
      expect(await batchesOf(decodeAhead(data, { ...order, workers: 2 }), 4)).toEqual(
        await batchesOf(shuffled(data, order), 4),
      );
    }
  });

  it('reads as far ahead as it may, and says how many batches wait', async () => {
    const data = await openDataset('shapes:16');
    const told: [number, number][] = [];
    const source = decodeAhead(data, { size: 2, workers: 2, ahead: 3, watch: (...now) => told.push(now) });
    const items = source[Symbol.asyncIterator]();
    await items.next();
    await expect.poll(() => told.at(-1)).toEqual([3, 3]);
    await items.return!();
    expect(await items.next()).toEqual({ done: true, value: undefined });
  });

  it('gives the error of a batch at its place, with the file, and ends its threads', async () => {
    const folder = shardFolder(11);
    const data = await openDataset(`shards:${folder},6`, { seed: 1 });
    const order = { size: 1, seed: 1 };
    const whole = shuffled(
      {
        ...data,
        read: (indices) => {
          if (indices[0] === 11) throw new Error('here');
          return data.read([0]);
        },
      },
      order,
    )[Symbol.iterator]();
    let before = 0;
    for (let broken = false; !broken; ) {
      try {
        whole.next();
        before++;
      } catch {
        broken = true;
      }
    }
    const seen: number[] = [];
    const failed = await (async () => {
      for await (const { index } of decodeAhead(data, { ...order, workers: 2 })) seen.push(index);
    })().catch((error: unknown) => error);
    expect(seen).toEqual(Array.from({ length: before }, (_, i) => i));
    expect(failed).toBeInstanceOf(DataError);
    expect(failed).toMatchObject({ code: 'DATA_INVALID', file: `${join(folder, 'b.tar')}: 11.jpg` });
    expect((failed as Error).message).toMatch(/b\.tar: 11\.jpg: at byte \d+: /);
  });

  it('tells of a file that is gone as a run without threads does', async () => {
    const folder = shardFolder();
    const data = await openDataset(`shards:${folder},6`);
    const order = { size: 4, seed: 3 };
    const batches = decodeAhead(data, { ...order, workers: 1 })[Symbol.asyncIterator]();
    await batches.next();
    rmSync(folder, { recursive: true });
    const failed = await (async () => {
      for (;;) await batches.next();
    })().catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(DataMissingError);
    expect((failed as Error).message).toMatch(/\.tar: found no such file$/);
  });

  it('names a thread that has ended, the batch and the files that it owes', async () => {
    const folder = shardFolder();
    const data = await openDataset(`shards:${folder},6`);
    const ask = Worker.prototype.postMessage;
    let asked = 0;
    const spy = vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (
      this: Worker,
      ...args
    ) {
      // The third batch is that of the first thread again.
      if (++asked === 3) void this.terminate();
      else ask.apply(this, args as Parameters<typeof ask>);
    });
    onTestFinished(() => spy.mockRestore());
    const seen: number[] = [];
    const failed = await (async () => {
      for await (const { index } of decodeAhead(data, { size: 7, workers: 2 })) seen.push(index);
    })().catch((error: unknown) => error);
    expect(seen.length).toBeLessThan(3);
    expect(failed).toMatchObject({
      code: 'DATA_WORKER',
      message: expect.stringMatching(
        /^decode worker 1 of 2 has ended \(exit code \d\) and owes batch [02], of .*[ab]\.tar/,
      ),
    });
  });

  it('refuses data that has changed since the run opened it', async () => {
    const folder = folderWith({ pixels: new Uint8Array(8) });
    const data = await openDataset(`raw:${join(folder, 'pixels')},2x2x1`);
    writeFileSync(join(folder, 'pixels'), new Uint8Array(8).fill(1));
    await expect(batchesOf(decodeAhead(data, { size: 1, workers: 1 }), 1)).rejects.toThrow(
      'expected data that stays as it was when the run opened it, and it has changed',
    );
  });

  it('refuses data that no thread can open, and numbers against the rules', async () => {
    const data = await openDataset('ring8');
    expect(() => decodeAhead(ring8(), { size: 2, workers: 1 })).toThrow(
      'workers: expected data that openDataset has opened, which a thread can open too, got ring8',
    );
    // Another dataset, made of it by a script.
    const own: Dataset = { ...data, read: (indices) => data.read(indices) };
    expect(() => decodeAhead(own, { size: 2, workers: 1 })).toThrow(
      'expected data that openDataset has opened',
    );
    expect(() => decodeAhead(data, { size: 2, workers: 0 })).toThrow(
      'workers: expected a whole number from 1 to 64, got 0',
    );
    expect(() => decodeAhead(data, { size: 2, workers: 1, ahead: 0 })).toThrow(
      'ahead: expected a whole number from 1, got 0',
    );
  });

  it('is a source of a pump, which ends its threads when the stream ends', async () => {
    const data = await openDataset('shapes:16');
    const ended = vi.spyOn(Worker.prototype, 'terminate');
    onTestFinished(() => ended.mockRestore());
    const run = new Run();
    const seen: number[] = [];
    const source = decodeAhead(data, { size: 2, workers: 2 });
    await run.done(
      pump(source, run).pipe(
        take(5),
        tap(({ index }) => seen.push(index)),
      ),
    );
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    await expect.poll(() => ended.mock.calls.length).toBe(2);
  });
});

import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RunCatalog } from '../../src/runs/directory/run-catalog.ts';
import type { Feed } from '../../src/server/feed.ts';
import { serve } from '../../src/server/index.ts';
import { Tail } from '../../src/server/tail.ts';
import { listenTo } from '../support/event-source.ts';
import { madeUpLine, madeUpRun } from '../support/made-up-run.ts';
import { scratchFolder } from '../support/weir.ts';

const folder = scratchFolder();

interface Series {
  readonly position: { readonly epoch: string; readonly seq: number };
  readonly last: number;
  readonly lines: number;
  readonly series: Record<string, { mean: number[] }>;
}

const seriesOf = async (url: string) => (await (await fetch(`${url}api/series?run=run`)).json()) as Series;

describe('Tail', () => {
  it('tells what happens in a run of another process, to its end', async () => {
    const run = madeUpRun(join(folder, 'run'), { done: 10, steps: 100, lock: process.pid });
    madeUpRun(join(folder, 'old'), { done: 10, ended: 'finished' });
    const warnings: string[] = [];
    const served = await serve({ directory: folder, port: 0, warn: (message) => warnings.push(message) });
    try {
      const listener = await listenTo(served.url);
      await listener.until(() => listener.batches.some(({ status }) => status.run?.state === 'running'));
      appendFileSync(join(run, 'log.jsonl'), `${madeUpLine(10)}\n${madeUpLine(11)}\n`);
      const steps = () =>
        listener.batches.flatMap((batch) => batch.steps.run ?? []).map(({ index }) => index);
      await listener.until(() => steps().length === 2);
      // What was there before is for the curves, not for the feed.
      expect(steps()).toEqual([10, 11]);
      const event = {
        at: '2026-01-01T00:00:00.000Z',
        kind: 'checkpoint',
        index: 12,
        seconds: 1,
        bytes: 1,
        path: 'x',
      };
      appendFileSync(join(run, 'events.jsonl'), `${JSON.stringify(event)}\n`);
      const told = () =>
        listener.batches.flatMap(({ runEvents }) => runEvents).filter(({ kind }) => kind === 'checkpoint');
      await listener.until(() => told().length > 0);
      expect(told()).toEqual([{ run: 'run', ...event }]);
      const end = { at: event.at, kind: 'ended', index: 12, ended: 'failed' };
      appendFileSync(join(run, 'events.jsonl'), `${JSON.stringify(end)}\n`);
      writeFileSync(join(run, 'report.json'), JSON.stringify({ ended: 'failed', steps: 12 }));
      rmSync(join(run, 'lock'));
      const ended = () =>
        listener.batches.flatMap(({ runEvents }) => runEvents).find(({ kind }) => kind === 'ended');
      await listener.until(() => ended() !== undefined);
      expect(ended()).toEqual({ run: 'run', ...end });
      const last = () => listener.batches.flatMap(({ events }) => events).at(-1);
      await listener.until(() => last()?.again === true);
      expect(Object.keys(listener.batches[0]!.status)).not.toContain('old');
    } finally {
      await served.close();
    }
    expect(warnings).toEqual([]);
  });

  it('leaves no gap between what a page has read and what it is told, though it follows the run only then', async () => {
    const runs = join(folder, 'gap');
    const run = madeUpRun(join(runs, 'run'), { done: 10, steps: 9999, lock: process.pid });
    const grow = (from: number, to: number) => {
      const lines = Array.from({ length: to - from }, (_, i) => `${madeUpLine(from + i)}\n`);
      appendFileSync(join(run, 'log.jsonl'), lines.join(''));
    };
    const served = await serve({ directory: runs, port: 0, warn: (message) => console.warn(message) });
    try {
      const series = () => seriesOf(served.url);
      const { position, last } = await series();
      expect(last).toBe(9);
      grow(10, 405);
      const listener = await listenTo(served.url, `${position.epoch}-${position.seq}`);
      await listener.until(() => listener.batches.some(({ status }) => status.run?.state === 'running'));
      grow(405, 406);
      const steps = () => listener.batches.flatMap((batch) => batch.steps.run ?? []);
      await listener.until(() => steps().at(-1)?.index === 405);
      expect(steps().map(({ index }) => index)).toEqual(Array.from({ length: 396 }, (_, i) => 10 + i));
      // More than a batch can take is counted, and can be read.
      grow(406, 5406);
      const missed = () =>
        listener.batches.flatMap(({ events }) => events).reduce((sum, { missed = 0 }) => sum + missed, 0);
      await listener.until(() => steps().length + missed() === 5396);
      expect(missed()).toBeGreaterThan(0);
      expect(await series()).toMatchObject({ last: 5405, lines: 5406, missing: false });
    } finally {
      await served.close();
    }
  });

  it('lets everybody read again when the log was cut, by its event or by its length', async () => {
    const runs = join(folder, 'cut');
    const run = madeUpRun(join(runs, 'run'), { done: 300, steps: 9999, lock: process.pid });
    const served = await serve({ directory: runs, port: 0, warn: (message) => console.warn(message) });
    try {
      const listener = await listenTo(served.url);
      await listener.until(() => listener.batches.some(({ status }) => status.run?.state === 'running'));
      const again = () =>
        listener.batches.flatMap(({ events }) => events).filter(({ again }) => again).length;
      await listener.until(() => again() > 0);
      // Cut at 100, and written again beyond its old end before anybody looks.
      const lines = Array.from({ length: 400 }, (_, i) => `${madeUpLine(i, i < 100 ? 1 : 2)}\n`);
      writeFileSync(join(run, 'log.jsonl'), lines.join(''));
      const event = { at: '2026-01-01T00:00:00.000Z', kind: 'rollback', index: 100, from: 300 };
      appendFileSync(join(run, 'events.jsonl'), `${JSON.stringify(event)}\n`);
      await listener.until(() => again() > 1);
      const series = await seriesOf(served.url);
      expect([series.last, series.lines]).toEqual([399, 400]);
      expect(series.series['critic/loss']!.mean[100]).toBeCloseTo(JSON.parse(madeUpLine(200, 2)).loss, 4);
    } finally {
      await served.close();
    }
  });

  it('looks for runs every half second where it shows none, else every five, and never once it is closed', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let searches = 0;
    const shelf = {
      runs: async () => {
        searches++;
        return [];
      },
    };
    const warn = (message: string) => expect.unreachable(message);
    const tailed = async (except: string | undefined, seconds: number) => {
      searches = 0;
      const tail = new Tail(shelf as unknown as RunCatalog, { clients: 1 } as Feed, warn, except);
      await vi.advanceTimersByTimeAsync(seconds * 1000);
      tail.close();
      const found = searches;
      await vi.advanceTimersByTimeAsync(60_000);
      expect(searches).toBe(found);
      expect(vi.getTimerCount()).toBe(0);
      return found;
    };
    expect(await tailed(undefined, 10)).toBe(20);
    expect(await tailed('own', 10)).toBe(2);
    expect(await tailed(undefined, 0)).toBe(0);
  });

  it('warns of runs that cannot be read, and looks again', async () => {
    const warnings: string[] = [];
    let looks = 0;
    const shelf = {
      runs: async () => {
        looks++;
        throw new Error('EIO: injected');
      },
    };
    const tail = new Tail(shelf as unknown as RunCatalog, { clients: 1 } as Feed, (message) =>
      warnings.push(message),
    );
    await expect.poll(() => looks).toBeGreaterThan(1);
    tail.close();
    expect(new Set(warnings)).toEqual(
      new Set(['the runs of other processes were not read: Error: EIO: injected']),
    );
    expect(warnings.length).toBe(looks);
  });
});

import { spawnSync } from 'node:child_process';
import { rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { RunCatalog } from '../../src/runs/directory/run-catalog.ts';
import { Api } from '../../src/server/api.ts';
import { Feed } from '../../src/server/feed.ts';
import { LiveRun } from '../../src/server/live-run.ts';
import { madeUpRun } from '../support/made-up-run.ts';
import { scratchFolder } from '../support/weir.ts';

const folder = scratchFolder();
madeUpRun(join(folder, 'a'), { done: 100, samples: 1, ended: 'finished' });
madeUpRun(join(folder, 'b'), { done: 4, lock: process.pid });
const feed = new Feed();
afterAll(() => feed.close());
const live = new LiveRun('b', feed);
const api = new Api(RunCatalog.at(folder), feed, live, true);

const series = async (query: string) =>
  JSON.parse(String((await api.series(new URLSearchParams(query))).body));

describe('Api', () => {
  it('lists the runs, with the freshest of what is known of the one that runs here', async () => {
    live.onEvent({ kind: 'started', index: 7, steps: 9 });
    const { live: id, newest, control, runs } = JSON.parse(String((await api.runs()).body));
    expect({ id, newest, control }).toEqual({ id: 'b', newest: 'b', control: true });
    expect(runs.map(({ id, state, done }: Record<string, unknown>) => [id, state, done])).toEqual([
      ['a', 'finished', 100],
      ['b', 'running', 7],
    ]);
  });

  it('lists what it can read, and names the run that was written to last', async () => {
    const mixed = join(folder, 'mixed');
    madeUpRun(join(mixed, 'a'), { done: 1 });
    utimesSync(join(madeUpRun(join(mixed, 'b'), { done: 1 }), 'log.jsonl'), 1, 1);
    const strange = madeUpRun(join(mixed, 'c'), { done: 1 });
    rmSync(join(strange, 'log.jsonl'));
    spawnSync('mkfifo', [join(strange, 'log.jsonl')]);
    const found = JSON.parse(
      String((await new Api(RunCatalog.at(mixed), feed, undefined, false).runs()).body),
    );
    expect(found.runs.map(({ id, done }: Record<string, unknown>) => [id, done])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 0],
    ]);
    expect(['a', 'c']).toContain(found.newest);
  });

  it('tells all of one run', async () => {
    const run = JSON.parse(String((await api.run('a')).body));
    expect(run).toMatchObject({ id: 'a', config: { batch: 256 }, samples: [{ name: 'step-00000100.png' }] });
  });

  it('has pictures', async () => {
    expect((await api.sample('a', 'step-00000100.png')).type).toBe('image/png');
    await expect(api.sample('a', 'step-1.png')).rejects.toMatchObject({ status: 404 });
  });

  it('has curves, as fine as was asked for', async () => {
    expect(await series('run=a&max=2&keys=critic/loss')).toMatchObject({
      run: 'a',
      last: 99,
      lines: 100,
      players: { critic: { steps: 50 }, generator: { steps: 50 } },
      series: { 'critic/loss': { index: [0, 50] } },
    });
    const part = await series('run=a&from=10&to=13');
    expect(part.series['generator/loss'].index).toEqual([9, 11, 13]);
  });

  it.each([
    ['run=none', 404],
    ['run=..', 400],
    ['run=', 400],
    ['', 400],
    ['run=a&max=0', 400],
    ['run=a&max=20001', 400],
    ['run=a&max=1e3', 400],
    ['run=a&max=', 400],
    ['run=a&from=-1', 400],
    ['run=a&to=x', 400],
    ['run=a&from=99999999999999999999', 400],
  ])('refuses %j with %i', async (query, status) => {
    await expect(series(query)).rejects.toMatchObject({ status });
  });
});

import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunCatalog, runId } from '../../../src/runs/directory/run-catalog.ts';
import { madeUpRun } from '../../support/made-up-run.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();
for (const name of ['run-10', 'run-9', 'My Run']) madeUpRun(join(folder, name), { done: 1 });
mkdirSync(join(folder, 'other'));
writeFileSync(join(folder, 'file'), '');

const names = async (shelf: RunCatalog) => (await shelf.runs()).map(({ name }) => name);

describe('RunCatalog', () => {
  it('has all runs of a folder, in the order that people count', async () => {
    expect(await names(RunCatalog.at(folder))).toEqual(['My Run', 'run-9', 'run-10']);
  });

  it('has one run where it is given its directory', async () => {
    expect(await names(RunCatalog.at(join(folder, 'run-9')))).toEqual(['run-9']);
  });

  it('has a run that is about to begin, among its neighbours', async () => {
    const shelf = RunCatalog.around(join(folder, 'run-11'));
    expect(await names(shelf)).toEqual(['My Run', 'run-9', 'run-10', 'run-11']);
    expect((await shelf.find('run-11'))?.path).toBe(join(folder, 'run-11'));
  });

  it('finds runs by id and nothing else', async () => {
    const shelf = RunCatalog.at(folder);
    expect((await shelf.find('run-9'))?.name).toBe('run-9');
    expect((await shelf.find(RunCatalog.idOf(join(folder, 'My Run'))))?.name).toBe('My Run');
    for (const id of ['other', 'file', '..', 'My Run', '', '/'])
      expect(await shelf.find(id), id).toBeUndefined();
  });

  it('sees runs that come and go', async () => {
    const shelf = RunCatalog.at(folder);
    await shelf.runs();
    madeUpRun(join(folder, 'late'), { done: 1 });
    expect((await shelf.find('late'))?.name).toBe('late');
    rmSync(join(folder, 'late'), { recursive: true });
    expect(await names(shelf)).not.toContain('late');
  });

  it('knows the run that was written to last', async () => {
    const runs = join(folder, 'dated');
    for (const [name, time] of [
      ['z', 100],
      ['a', 300],
      ['m', 200],
    ] as const)
      utimesSync(join(madeUpRun(join(runs, name), { done: 1 }), 'log.jsonl'), time, time);
    expect((await RunCatalog.at(runs).newest())?.name).toBe('a');
    rmSync(join(runs, 'm', 'log.jsonl'));
    expect((await RunCatalog.at(runs).newest())?.name).toBe('m');
    expect(await RunCatalog.at(join(folder, 'other')).newest()).toBeUndefined();
  });

  it('makes an id of any name, and another of another', () => {
    const ids = ['Run', 'run!', 'ä', '-', 'x'.repeat(200), 'a_b', 'a.b'].map((name) =>
      RunCatalog.idOf(`/runs/${name}`),
    );
    for (const id of ids) expect(id).toMatch(runId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(RunCatalog.idOf('/runs/wgan-gp-1')).toBe('wgan-gp-1');
  });
});

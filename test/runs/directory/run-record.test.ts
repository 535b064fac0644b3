import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunRecord } from '../../../src/runs/directory/run-record.ts';
import { type MadeUp, madeUpRun } from '../../support/made-up-run.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();
const record = (name: string, made: MadeUp) => new RunRecord(name, name, madeUpRun(join(folder, name), made));

describe('RunRecord', () => {
  it.each([
    ['finished', { done: 10, ended: 'finished' }],
    ['failed', { done: 10, ended: 'failed' }],
    ['interrupted', { done: 10 }],
    ['running', { done: 10, lock: process.pid }],
  ] as [string, MadeUp][])('knows a run that is %s', async (state, made) => {
    expect(await record(state, { ...made, steps: 30 }).summary()).toEqual({
      id: state,
      name: state,
      recipe: 'wgan-gp',
      data: 'grid25',
      engine: 'onnx',
      seed: 1,
      state,
      done: 10,
      steps: 30,
    });
  });

  it('does not take the report of before for that of a run that was resumed', async () => {
    const resumed = record('resumed', { done: 10, ended: 'stopped', lock: process.pid });
    expect(await resumed.detail()).toMatchObject({ state: 'running', report: null });
  });

  it('tells what is configured, what was drawn and what happened', async () => {
    const events = [{ at: '2026-01-01T00:00:00.000Z', kind: 'alert', index: 3, rule: 'collapse' }];
    const made = record('detail', { done: 10, samples: 2, ended: 'finished', events });
    writeFileSync(join(made.path, 'samples', 'final.png'), 'x');
    const { config, report, samples, events: kept } = await made.detail();
    expect(config.options).toMatchObject({ width: 64 });
    expect(report).toMatchObject({ ended: 'finished', steps: 10 });
    // The last picture has no step in its name: it is of the end.
    expect(samples.map(({ index }) => index)).toEqual([5, 10, 10]);
    expect(kept).toEqual(events);
  });

  it('has the curves of its log and the bytes of its pictures', async () => {
    const made = record('curves', { done: 10, samples: 1 });
    await made.log.catchUp();
    expect(made.log.lines).toBe(10);
    expect(await made.sample('step-00000010.png')).toBeInstanceOf(Uint8Array);
    expect(await made.sample('none.png')).toBeUndefined();
  });

  it('has the curves of its scores, from one step to another, by name', async () => {
    const evaluation = (index: number) => ({
      at: '2026-01-01T00:00:00.000Z',
      kind: 'evaluation',
      index,
      seconds: 1,
      values: { fid: 10 * index, recall: index },
    });
    const made = record('scores', { done: 10, events: [2, 4, 6, 8].map(evaluation) });
    await made.log.catchUp();
    expect(Object.keys(await made.scores({ max: 9 }))).toEqual(['evaluation/fid', 'evaluation/recall']);
    const part = await made.scores({ max: 9, from: 3, to: 5, keys: new Set(['evaluation/fid']) });
    expect(part).toEqual({ 'evaluation/fid': expect.objectContaining({ index: [3, 5], mean: [40, 60] }) });
  });

  it('is an empty run where there is nothing yet', async () => {
    const nothing = new RunRecord('new', 'new', join(folder, 'new'));
    expect(await nothing.detail()).toMatchObject({
      recipe: '',
      done: 0,
      steps: null,
      samples: [],
      events: [],
    });
  });
});

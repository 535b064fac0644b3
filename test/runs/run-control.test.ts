import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent, RunObserver } from '../../src/runs/index.ts';
import { execute, type RunControl, restoreLatest, runContext } from '../../src/runs/index.ts';
import type { StepEvent } from '../../src/streams/index.ts';
import { smallRun } from '../support/run.ts';
import { scratchFolder } from '../support/weir.ts';

const folder = scratchFolder();

/** Runs with somebody who asks for something after some steps. */
async function steered(name: string, ask: (control: RunControl, event: StepEvent) => void) {
  const small = await smallRun(join(folder, name), { steps: 12, checkpointEvery: 100 });
  const context = runContext(small);
  const { control } = context;
  const events: RunEvent[] = [];
  const observer: RunObserver = {
    name: 'a visitor',
    onStep: (event) => ask(control, event),
    onEvent: (event) => void events.push(event),
  };
  const report = await execute(context, { observers: [observer] });
  return { ...small, report, events };
}

const told = (events: readonly RunEvent[]) =>
  events.filter(({ kind }) => kind === 'asked' || kind === 'rate' || kind === 'checkpoint');

describe('RunControl', () => {
  it('writes a checkpoint after the next step when it is asked for, and goes on', async () => {
    const { report, events, directory } = await steered('checkpoint', (control, { index }) => {
      if (index === 4) control.checkpoint();
    });
    expect(report).toMatchObject({ ended: 'finished', steps: 12 });
    expect(told(events).map(({ kind, index }) => [kind, index])).toEqual([
      ['asked', 5],
      ['checkpoint', 6],
      ['checkpoint', 12],
    ]);
    expect(readdirSync(directory.checkpoints)).toHaveLength(2);
  });

  it('writes a checkpoint at once while the run is paused, and holds the run meanwhile', async () => {
    const order: string[] = [];
    const { events } = await steered('checkpoint-paused', (control, { index }) => {
      order.push(`step ${index}`);
      if (index !== 4) return;
      control.pause();
      setTimeout(() => {
        control.checkpoint();
        order.push('go on');
        control.resume();
      }, 20);
    });
    expect(told(events).map((event) => ('action' in event ? event.action : event.index))).toEqual([
      'pause',
      'checkpoint',
      'resume',
      5,
      12,
    ]);
    expect(order.slice(4, 7)).toEqual(['step 4', 'go on', 'step 5']);
  });

  it('tries again after the next step where a paused run cannot be saved', async () => {
    const { run, control } = runContext(await smallRun(join(folder, 'unsaved')));
    run.pause();
    control.checkpoint();
    await new Promise(setImmediate);
    expect(run.still).toBe(true);
    const due = control.due(() => false);
    const event = { index: 0, player: 'critic', seconds: 0, values: {} };
    expect([due(event), due(event)]).toEqual([true, false]);
  });

  it('stops the run with a checkpoint', async () => {
    const { report, events } = await steered('stop', (control, { index }) => {
      if (index === 4) control.stop();
    });
    expect(report).toMatchObject({ ended: 'stopped', steps: 5 });
    expect(told(events)[0]).toEqual({ kind: 'asked', index: 5, action: 'stop' });
  });

  it('holds the run until it may go on', async () => {
    let resumed = false;
    const { report, events } = await steered('pause', (control, { index }) => {
      if (index === 5) expect(resumed).toBe(true);
      if (index !== 4) return;
      control.pause();
      setTimeout(() => {
        resumed = true;
        control.resume();
      }, 50);
    });
    expect(report.ended).toBe('finished');
    expect(told(events).map((event) => ('action' in event ? event.action : event.kind))).toEqual([
      'pause',
      'resume',
      'checkpoint',
    ]);
  });

  it('changes the rates from the next turn on, and the checkpoint remembers', async () => {
    const { events, config, directory } = await steered('rate', (control, { index }) => {
      if (index === 4) control.rate(0.5);
    });
    expect(told(events)[0]).toEqual({ kind: 'rate', index: 5, factor: 0.5 });
    const again = await smallRun(join(folder, 'again'), { steps: 12 });
    expect(again.assembly.learner.rateFactor).toBe(1);
    await restoreLatest({ directory, config, assembly: again.assembly, warn: () => {} });
    expect(again.assembly.learner.rateFactor).toBe(0.5);
  });

  it('says so where there is no rate to change', () => {
    const learner = { index: 0, save: () => ({}) as never, restore() {}, close() {} };
    const { control } = runContext({ assembly: { learner } } as never);
    expect(() => control.rate(0.5)).toThrow('it has no learning rate to change');
  });
});

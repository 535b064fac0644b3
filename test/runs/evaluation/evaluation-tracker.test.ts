import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/checkpoint/index.ts';
import { Value } from '../../../src/engine/index.ts';
import type { Learner, Trainable } from '../../../src/recipes/index.ts';
import type { RunEvent } from '../../../src/runs/index.ts';
import {
  bestCheckpoint,
  type EvaluationSettings,
  EvaluationTracker,
  hasBestCheckpoint,
  RunDirectory,
  readBest,
  runContext,
  writeBest,
} from '../../../src/runs/index.ts';
import { inOrder, type PhasedSchedule, phases } from '../../../src/streams/index.ts';
import { smallConfig } from '../../support/run.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();

/** Judges a series of recalls, every ten steps from `start`. */
async function judged(
  name: string,
  recalls: readonly number[],
  evaluation: Partial<EvaluationSettings> = {},
  past: readonly number[] = [],
  best?: { readonly index: number; readonly recall: number },
  plan?: PhasedSchedule,
) {
  const directory = new RunDirectory(join(root, name));
  const config = { ...smallConfig(), evaluation: { every: 10, ...evaluation } };
  directory.create(config);
  past.forEach((recall, i) => {
    const at = '2026-01-01T00:00:00.000Z';
    const event = { at, kind: 'evaluation', index: 10 * (i + 1), seconds: 1, values: { recall } };
    appendFileSync(directory.events, `${JSON.stringify(event)}\n`);
  });
  if (best !== undefined) {
    const { index, recall } = best;
    const checkpoint = { tensors: { w: Value.scalar(recall) }, state: { index } };
    await writeBest(directory, checkpoint, 'recall', { index, seconds: 1, values: { recall } });
  }
  const learner = { index: 10 * past.length } as Learner;
  const assembly = { learner, ...(plan && { plan }) } as Trainable;
  const context = runContext({ config, directory, assembly });
  const tracker = await EvaluationTracker.of(context);
  const events: RunEvent[] = [];
  context.events.add({ name: 'test', onEvent: (event) => void events.push(event) });
  const kept: number[] = [];
  let index = 10 * past.length;
  const next = async (recall: number) => {
    index += 10;
    const scored = () => {
      kept.push(index);
      return { tensors: { w: Value.scalar(recall) }, state: { index } };
    };
    await tracker.track({ index, seconds: 1, values: { recall } }, scored);
  };
  for (const recall of recalls) await next(recall);
  const alerts = events.filter(({ kind }) => kind === 'alert');
  return { directory, alerts, kept, stopped: context.run.stopping.aborted, events, judge: next };
}

describe('EvaluationTracker', () => {
  it('compares within the last phase only: best checkpoint, early stop, collapse', async () => {
    const plan = phases([
      { name: 'stage I', steps: 20, schedule: inOrder(['critic']) },
      { name: 'stage II', schedule: inOrder(['critic']) },
    ]);
    const settings = { keepBest: 'recall', stopAfter: 2 } as const;
    const recalls = [0.9, 0.8, 0.1, 0.3, 0.2];
    const { kept, alerts, stopped } = await judged('phases', recalls, settings, [], undefined, plan);
    expect(kept).toEqual([30, 40]);
    expect(alerts).toEqual([]);
    expect(stopped).toBe(false);
    const alone = await judged('one phase', recalls, settings);
    expect(alone.kept).toEqual([10]);
    expect(alone.stopped).toBe(true);
  });

  it('tells every evaluation, and an alert when modes are lost', async () => {
    const { events, alerts, kept } = await judged('collapse', [0.8, 0.2, 0.1]);
    expect(events.filter(({ kind }) => kind === 'evaluation').map(({ index }) => index)).toEqual([
      10, 20, 30,
    ]);
    expect(alerts).toEqual([
      {
        kind: 'alert',
        index: 30,
        rule: 'ModeCollapse',
        severity: 'warning',
        message: 'recall fell to 0.100 from 0.800: modes are lost',
      },
    ]);
    expect(kept).toEqual([]);
  });

  it('keeps what is better than all before, also before it was interrupted', async () => {
    const { kept, directory } = await judged(
      'best',
      [0.5, 0.6, 0.6, 0.9],
      { keepBest: 'recall' },
      [0.2, 0.55],
      { index: 20, recall: 0.55 },
    );
    expect(kept).toEqual([40, 60]);
    expect(hasBestCheckpoint(directory)).toBe(true);
    expect(await readBest(directory, 'recall')).toEqual({ index: 60, seconds: 1, values: { recall: 0.9 } });
  });

  it('knows its best where a kill came before the events of it were written', async () => {
    const best = { index: 10, recall: 0.7 };
    const { kept, directory } = await judged('untold', [0.6, 0.8], { keepBest: 'recall' }, [], best);
    expect(kept).toEqual([20]);
    expect(await readBest(directory, 'recall')).toMatchObject({ index: 20 });
    // Of a later step than the run has come back to: the run comes by there again.
    const ahead = { index: 50, recall: 0.7 };
    expect(
      await judged('ahead', [0.6, 0.65], { keepBest: 'recall', stopAfter: 2 }, [0.1], ahead),
    ).toMatchObject({
      kept: [],
      stopped: false,
    });
    expect(
      await judged('counts', [0.6, 0.6], { keepBest: 'recall', stopAfter: 2 }, [0.1], best),
    ).toMatchObject({
      kept: [],
    });
  });

  it('keeps a best again where a kill came before the file was written', async () => {
    const { kept } = await judged('unwritten', [0.6], { keepBest: 'recall' }, [0.9]);
    expect(kept).toEqual([20]);
  });

  it('stops the run when it gets no better, counting what went before', async () => {
    const settings = { keepBest: 'recall', stopAfter: 3 } as const;
    expect(await judged('vain', [0.3, 0.3], settings, [0.5, 0.4])).toMatchObject({ stopped: true });
    expect(await judged('hope', [0.3, 0.6, 0.3], settings, [0.5, 0.4])).toMatchObject({ stopped: false });
  });

  it('lets a run go on that had stopped for that and is resumed, without old alerts', async () => {
    const settings = { keepBest: 'recall', stopAfter: 2 } as const;
    const again = await judged('again', [0.2], settings, [0.9, 0.3, 0.2]);
    expect(again).toMatchObject({ stopped: false, alerts: [] });
    expect(await judged('enough', [0.2, 0.2, 0.2], settings, [0.9, 0.3, 0.2])).toMatchObject({
      stopped: true,
    });
  });

  it('bears two failures in a row to write the best checkpoint, as with every other, and tries again', async () => {
    const obstacle = (directory: RunDirectory) => join(directory.checkpoints, 'best.safetensors', 'obstacle');
    const first = await judged('obstructed', [], { keepBest: 'recall' });
    const { directory, judge } = first;
    mkdirSync(obstacle(directory), { recursive: true });
    const failed = () => first.events.filter(({ kind }) => kind === 'checkpoint-failed').length;
    await judge(0.5);
    await judge(0.4);
    expect(failed()).toBe(2);
    rmSync(join(directory.checkpoints, 'best.safetensors'), { recursive: true });
    await judge(0.3);
    expect(decode(readFileSync(bestCheckpoint(directory))).state.scores).toEqual({ recall: 0.5 });
    rmSync(bestCheckpoint(directory));
    mkdirSync(obstacle(directory), { recursive: true });
    await judge(0.6);
    await judge(0.7);
    await expect(judge(0.8)).rejects.toMatchObject({ code: 'CHECKPOINT_WRITE' });
  });
});

import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from '../../../src/telemetry/index.ts';
import { listenTo } from '../../support/event-source.ts';
import { madeUpLine, madeUpRun } from '../../support/made-up-run.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();

describe('Tail', () => {
  it('tells what happens in a run of another process, to its end', async () => {
    const run = madeUpRun(join(folder, 'run'), { turns: 10, steps: 100, lock: process.pid });
    madeUpRun(join(folder, 'old'), { turns: 10, ended: 'finished' });
    const warnings: string[] = [];
    const served = await serve({ directory: folder, port: 0, warn: (message) => warnings.push(message) });
    try {
      const listener = await listenTo(served.url);
      await listener.until(() => listener.batches.some(({ status }) => status.run?.state === 'running'));
      appendFileSync(join(run, 'log.jsonl'), `${madeUpLine(10)}\n${madeUpLine(11)}\n`);
      const turns = () =>
        listener.batches.flatMap((batch) => batch.turns.run ?? []).map(({ index }) => index);
      await listener.until(() => turns().length === 2);
      // What was there before is for the curves, not for the feed.
      expect(turns()).toEqual([10, 11]);
      const notice = {
        at: '2026-01-01T00:00:00.000Z',
        kind: 'checkpoint',
        index: 12,
        seconds: 1,
        bytes: 1,
        path: 'x',
      };
      appendFileSync(join(run, 'notices.jsonl'), `${JSON.stringify(notice)}\n`);
      const told = () =>
        listener.batches.flatMap(({ notices }) => notices).filter(({ kind }) => kind === 'checkpoint');
      await listener.until(() => told().length > 0);
      expect(told()).toEqual([{ run: 'run', ...notice }]);
      writeFileSync(join(run, 'report.json'), JSON.stringify({ ended: 'failed', steps: 12 }));
      rmSync(join(run, 'lock'));
      const ended = () =>
        listener.batches.flatMap(({ notices }) => notices).find(({ kind }) => kind === 'ended');
      await listener.until(() => ended() !== undefined);
      expect(ended()).toEqual({ run: 'run', kind: 'ended', index: 12, ended: 'failed' });
      expect(Object.keys(listener.batches[0]!.status)).not.toContain('old');
    } finally {
      await served.close();
    }
    expect(warnings).toEqual([]);
  });
});

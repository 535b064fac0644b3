import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { comparedRun, execute, runContext } from '../../../src/runs/index.ts';
import { smallRun } from '../../support/run.ts';
import { scratchFolder } from '../../support/weir.ts';

it('comparedRun reads config, report, scores and curves of a run', async () => {
  const path = join(scratchFolder(), 'a-run');
  const small = await smallRun(path);
  expect(await comparedRun(path)).toMatchObject({
    name: 'a-run',
    steps: 0,
    report: undefined,
    evaluations: [],
  });
  await execute(runContext(small));
  const event = { at: '2026-01-01T00:00:00.000Z', kind: 'evaluation', index: 20, seconds: 1_000_000 };
  appendFileSync(join(path, 'events.jsonl'), `${JSON.stringify({ ...event, values: { fid: 3 } })}\n`);
  const { steps, seconds, report, evaluations, curves, config } = await comparedRun(path);
  expect({ steps, ended: report?.ended, recipe: config.recipe }).toEqual({
    steps: 20,
    ended: 'finished',
    recipe: 'wgan-gp',
  });
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThan(1_000_000);
  expect(evaluations).toEqual([{ index: 20, seconds: 1_000_000, values: { fid: 3 } }]);
  expect(curves.get('evaluation/fid')).toEqual([[19, 3]]);
  const critic = curves.get('critic/loss')!;
  expect(critic[0]![0]).toBe(0);
  expect(critic.length).toBeGreaterThan(9);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readEvaluations } from '../../../src/runs/index.ts';
import { scratchFolder } from '../../support/weir.ts';

const at = '2026-01-01T00:00:00.000Z';
const evaluation = (index: number, fid: number) => ({
  at,
  kind: 'evaluation',
  index,
  seconds: 2,
  values: { fid },
});

async function read(name: string, events: readonly object[]) {
  const path = join(scratchFolder(), name);
  writeFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return (await readEvaluations(path)).map(({ index, values }) => [index, values.fid]);
}

it('readEvaluations finds the scores among the events, by step, also where they were told late', async () => {
  const events = [{ at, kind: 'started', index: 0, steps: 9 }, evaluation(6, 3), evaluation(4, 4)];
  expect(await read('late', events)).toEqual([
    [4, 4],
    [6, 3],
  ]);
  expect(await readEvaluations(join(scratchFolder(), 'none'))).toEqual([]);
});

it('readEvaluations leaves out what a run has gone back behind', async () => {
  const resumed = [evaluation(4, 4), evaluation(8, 1), { at, kind: 'started', index: 6, steps: 9 }];
  expect(await read('resumed', resumed)).toEqual([[4, 4]]);
  const back = { at, kind: 'rollback', index: 4, from: 9, reason: '', factor: 1 };
  expect(await read('back', [evaluation(4, 4), evaluation(8, 1), back, evaluation(8, 2)])).toEqual([
    [4, 4],
    [8, 2],
  ]);
  expect(await read('again', [evaluation(4, 4), evaluation(4, 5)])).toEqual([[4, 5]]);
});

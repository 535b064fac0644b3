import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readEvaluations } from '../../src/recipes/index.ts';
import { scratchFolder } from '../support/weir.ts';

it('readEvaluations finds the scores among the turns of a log, by turn, also where they were told late', async () => {
  const path = join(scratchFolder(), 'log.jsonl');
  writeFileSync(
    path,
    [
      '{"index":0,"player":"critic","seconds":0.1,"loss":1}',
      '{"index":5,"player":"evaluation","seconds":2,"fid":3}',
      '{"index":6,"player":"critic","seconds":0.1,"loss":1}',
      '{"index":3,"player":"evaluation","seconds":2,"fid":4,"recall":0.5}',
      '',
    ].join('\n'),
  );
  expect(await readEvaluations(path)).toEqual([
    { index: 4, seconds: 2, values: { fid: 4, recall: 0.5 } },
    { index: 6, seconds: 2, values: { fid: 3 } },
  ]);
  expect(await readEvaluations(`${path}.none`)).toEqual([]);
});

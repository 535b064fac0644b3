import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Value } from '../../../src/engine/index.ts';
import { readLatent } from '../../../src/runs/index.ts';
import { scratchFolder } from '../../support/weir.ts';

it('takes one vector as one row, and arrays by the name of the input', async () => {
  const file = join(scratchFolder(), 'z.json');
  writeFileSync(file, '[1, 2, 3]');
  expect(await readLatent(file)).toEqual(Value.of([1, 2, 3], [1, 3]));
  writeFileSync(file, '{"noise": [1, 2], "styleNoise": [[3], [4]]}');
  expect(await readLatent(file)).toEqual({
    noise: Value.of([1, 2], [1, 2]),
    styleNoise: Value.of([3, 4], [2, 1]),
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CheckpointForeignError } from '../../../src/checkpoint/index.ts';
import { Value } from '../../../src/engine/index.ts';
import {
  bestCheckpoint,
  hasBestCheckpoint,
  RunDirectory,
  readBest,
  writeBest,
} from '../../../src/runs/index.ts';
import { smallConfig } from '../../support/run.ts';
import { scratchFolder } from '../../support/weir.ts';

it('says by what the best checkpoint is the best', async () => {
  const directory = new RunDirectory(join(scratchFolder(), 'run'));
  directory.create(smallConfig());
  expect(await readBest(directory, 'fid')).toBeUndefined();
  expect(hasBestCheckpoint(directory)).toBe(false);
  const evaluated = { index: 200, seconds: 2, values: { fid: 0.325, recall: 0.5 } };
  await writeBest(directory, { tensors: { w: Value.scalar(1) }, state: { index: 200 } }, 'fid', evaluated);
  expect(await readBest(directory, 'fid')).toEqual(evaluated);
  expect(await readBest(directory, 'recall')).toBeUndefined();

  const path = bestCheckpoint(directory);
  const whole = readFileSync(path);
  writeFileSync(path, whole.subarray(0, 50));
  expect(await readBest(directory, 'fid')).toBeUndefined();
  writeFileSync(path, Buffer.from(whole.toString('latin1').replace('weir/1', 'weir/2'), 'latin1'));
  await expect(readBest(directory, 'fid')).rejects.toThrow(CheckpointForeignError);
});

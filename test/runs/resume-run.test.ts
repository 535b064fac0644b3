import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkpointOf, record, restoreLatest, resume, resumeRun } from '../../src/runs/index.ts';
import { Run } from '../../src/streams/index.ts';
import { smallRun } from '../support/run.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();
const parts = { recipe: 'wgan-gp', set: { width: 4, depth: 1 }, batch: 8, engine: 'cpu' };
const quiet = { warn: () => {} };

const last = (path: string) => {
  const folder = join(path, 'checkpoints');
  return readFileSync(join(folder, readdirSync(folder).sort().at(-1)!));
};

describe('resumeRun', () => {
  it('goes on with the run of a recipe, to the same bytes', async () => {
    const [dir, whole] = [join(root, 'parts'), join(root, 'whole')];
    const run = new Run();
    const stop = { name: 'stop', onStep: ({ index }: { index: number }) => index === 6 && run.stop() };
    await record(run, { ...parts, ...quiet, dir, steps: 12, checkpointEvery: 5, observers: [stop] });
    const said: string[] = [];
    const report = await resumeRun(dir, { ...quiet, say: (text) => said.push(text) });
    expect(report).toMatchObject({ ended: 'finished', startedAt: 7, steps: 12 });
    expect(said).toEqual(['goes on from step 7 of 12']);
    await record(new Run(), { ...parts, ...quiet, dir: whole, steps: 12, checkpointEvery: 5 });
    expect(last(dir)).toEqual(last(whole));
  });

  it('gives the report of a run that has finished, and goes on where the steps have grown', async () => {
    const dir = join(root, 'done');
    const report = await record(new Run(), { ...parts, ...quiet, dir, steps: 4 });
    expect(await resumeRun(dir, quiet)).toEqual(report);
    await expect(resumeRun(dir, { ...quiet, steps: 3 })).rejects.toThrow(
      new RangeError('steps: expected at least the 4 steps that the run has done, got 3'),
    );
    expect(await resumeRun(dir, { ...quiet, steps: 6 })).toMatchObject({ startedAt: 4, steps: 6 });
  });

  it('says what is wrong in the words of its options', async () => {
    const dir = join(root, 'refused');
    await record(new Run(), { ...parts, ...quiet, dir, steps: 2 });
    await expect(resumeRun(dir, { steps: 0 })).rejects.toThrow(
      'steps: expected a whole number from 1, got 0',
    );
    await expect(resumeRun(dir, { ...quiet, features: 'x' })).rejects.toThrow(
      'features: expected a run that is evaluated, got one that is not',
    );
    await expect(resumeRun(dir, { ...quiet, steps: 4, data: 'ring8' })).rejects.toThrow(
      'run directory: expected a checkpoint of data',
    );
    await expect(resumeRun(join(root, 'none'))).rejects.toThrow('which has no config.yaml');
  });
});

describe('resume', () => {
  const root = scratchFolder();
  const warn = () => {};

  describe('resume', () => {
    it('leaves a run at its beginning where there is no checkpoint', async () => {
      const { directory, config, assembly } = await smallRun(join(root, 'fresh'));
      expect(await resume({ directory, config, assembly, warn })).toBeUndefined();
      expect(assembly.trainer.index).toBe(0);
      expect(await restoreLatest({ directory, config, assembly, warn })).toBeUndefined();
    });

    it('takes the newest checkpoint', async () => {
      const { directory, config, assembly } = await smallRun(join(root, 'saved'));
      const store = directory.checkpointStore(config);
      const { tensors, state } = checkpointOf(config, assembly);
      for (const index of [5, 10]) await store.save({ tensors, state: { ...state, index } });
      expect(await restoreLatest({ directory, config, assembly, warn })).toBe(10);
      expect(assembly.trainer.index).toBe(10);
    });
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkpointOf, restoreLatest, resume } from '../../src/runs/index.ts';
import { smallRun } from '../support/run.ts';
import { scratchFolder } from '../support/weir.ts';

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

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkpointOf, restoreLatest, resume } from '../../src/runs/index.ts';
import { smallRun } from '../support/run.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();
const nothing = () => {};

describe('resume', () => {
  it('leaves a run at its beginning where there is no checkpoint', async () => {
    const { directory, config, assembly } = await smallRun(join(root, 'fresh'));
    await resume(directory, config, assembly, nothing);
    expect(assembly.trainer.index).toBe(0);
    expect(await restoreLatest(directory, config, assembly, nothing)).toBeUndefined();
  });

  it('takes the newest checkpoint', async () => {
    const { directory, config, assembly } = await smallRun(join(root, 'saved'));
    const store = directory.checkpointStore(config);
    const { tensors, state } = checkpointOf(config, assembly);
    for (const index of [5, 10]) await store.save({ tensors, state: { ...state, index } });
    expect(await restoreLatest(directory, config, assembly, nothing)).toBe(10);
    expect(assembly.trainer.index).toBe(10);
  });
});

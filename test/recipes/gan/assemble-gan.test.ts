import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lastValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { flattenTree } from '../../../src/engine/index.ts';
import { checkpointOf } from '../../../src/runs/index.ts';
import { Run } from '../../../src/streams/index.ts';
import { smallRun } from '../../support/run.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();

describe('assembleGan', () => {
  it('makes a stream that ends at the number of steps, wherever it begins', async () => {
    const { assembly } = await smallRun(join(root, 'ends'), { steps: 6 });
    const last = await lastValueFrom(assembly.events(new Run()));
    expect(last).toMatchObject({ index: 5 });
    expect(assembly.learner.index).toBe(6);
  });

  it('refuses a batch that the system does not take, before anything is trained', async () => {
    await expect(smallRun(join(root, 'packed'), { batch: 5 }, 'pacgan')).rejects.toThrow(
      'pacgan: expected batches of a multiple of 2 examples, got 5',
    );
  });

  it('goes back to what was saved, by path', async () => {
    const { assembly, config } = await smallRun(join(root, 'back'), { steps: 4 });
    const { tensors, state } = checkpointOf(config, assembly);
    await lastValueFrom(assembly.events(new Run()));
    assembly.learner.restore({ tensors: flattenTree(tensors), state });
    expect(assembly.learner.index).toBe(0);
    expect(assembly.learner.save().tensors).toEqual(tensors);
  });

  it('hands its rate factor on to the trainer', async () => {
    const { learner, trainer } = (await smallRun(join(root, 'factor'))).assembly;
    learner.rateFactor = 0.25;
    expect([trainer.rateFactor, learner.rateFactor]).toEqual([0.25, 0.25]);
    trainer.rateFactor = 0.5;
    expect(learner.rateFactor).toBe(0.5);
  });

  it('draws samples, and judges them where the modes of the data are known', async () => {
    const { assembly } = await smallRun(join(root, 'judged'));
    const path = join(root, 'picture.png');
    await assembly.draw(path);
    expect(existsSync(path)).toBe(true);
    const verdict = await assembly.evaluate();
    expect(verdict?.quality).toMatchObject({ centres: 25 });
    expect(verdict?.text).toMatch(/^\d+\/25 modes, \d+ % high quality$/);
  });
});

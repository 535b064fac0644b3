import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/runs/index.ts';
import { execute, runContext } from '../../src/runs/index.ts';
import { Run, type StepEvent } from '../../src/streams/index.ts';
import { smallRun } from '../support/run.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();

async function start(name: string, watch: (event: StepEvent, run: Run) => void = () => {}) {
  const { config, directory, assembly } = await smallRun(join(root, name));
  const run = new Run();
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const executed = () =>
    execute(runContext({ config, directory, assembly, run, warn }), {
      observers: [{ name: 'progress', onStep: (event) => watch(event, run) }],
    });
  return { directory, warnings, executed, trainer: assembly.trainer };
}

describe('execute', () => {
  it('trains to the end, in order, and reports', async () => {
    const seen: number[] = [];
    const { executed, directory, warnings } = await start('whole', ({ index }) => seen.push(index));
    const report = await executed();
    expect(report).toMatchObject({ ended: 'finished', steps: 20, startedAt: 0, quality: { centres: 25 } });
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(readdirSync(directory.checkpoints)).toHaveLength(3);
    expect(JSON.parse(readFileSync(join(directory.path, 'report.json'), 'utf8'))).toEqual(report);
    expect(warnings).toEqual([]);
  });

  it('stops when asked, after the step, with a checkpoint of that step', async () => {
    const { executed, directory } = await start('stopped', ({ index }, run) => index === 7 && run.stop());
    const report = await executed();
    expect(report).toMatchObject({ ended: 'stopped', steps: 8 });
    expect(readdirSync(directory.checkpoints).sort().at(-1)).toBe('checkpoint-0000000008.safetensors');
  });

  it('does not care what happens to those who watch', async () => {
    const { executed, warnings } = await start('watched', () => {
      throw new Error('display broken');
    });
    expect(await executed()).toMatchObject({ ended: 'finished', steps: 20 });
    expect(warnings).toEqual(['progress was given up: Error: display broken']);
  });

  it('ends in order with the error of one that may end it', async () => {
    const small = await smallRun(join(root, 'failed-aside'));
    const broken = new Error('the best checkpoint cannot be written');
    const context = runContext(small);
    const onStep = ({ index }: StepEvent) => index === 7 && context.control.fail(broken);
    const executed = execute(context, { observers: [{ name: 'aside', onStep }] });
    await expect(executed).rejects.toBe(broken);
    expect(readdirSync(small.directory.checkpoints)).toContain('checkpoint-0000000008.safetensors');
    const report = JSON.parse(readFileSync(join(small.directory.path, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ ended: 'failed', steps: 8, error: { message: broken.message } });
  });

  it.each(['finished', 'failed'])('closes observers and learner when it has %s', async (ended) => {
    const { config, directory, assembly } = await smallRun(join(root, `closes-${ended}`));
    const order: string[] = [];
    const { learner } = assembly;
    const close = learner.close.bind(learner);
    learner.close = () => {
      order.push('learner');
      close();
    };
    const observer = {
      name: 'test',
      onEvent: ({ kind }: RunEvent) => kind === 'ended' && order.push(kind),
      close: () => void order.push('observer'),
    };
    const barriers = [
      {
        due: () => ended === 'failed',
        task: () => {
          throw new Error('broken');
        },
      },
    ];
    const context = runContext({ config, directory, assembly });
    const executed = execute(context, { barriers, observers: [observer] });
    if (ended === 'failed') await expect(executed).rejects.toThrow('broken');
    else expect(await executed).toMatchObject({ ended });
    expect(order).toEqual(['ended', 'observer', 'learner']);
  });

  it('goes on without pictures', async () => {
    const { executed, directory, warnings } = await start('no-pictures');
    rmSync(join(directory.path, 'samples'), { recursive: true });
    writeFileSync(join(directory.path, 'samples'), '');
    const report = await executed();
    expect(report).toMatchObject({ ended: 'finished', steps: 20 });
    expect(report).not.toHaveProperty('picture');
    expect(warnings.filter((warning) => warning.startsWith('no picture was drawn'))).toHaveLength(5);
  });

  it('bears two checkpoints that cannot be written, and ends at the third', async () => {
    const { executed, directory, warnings, trainer } = await start('no-checkpoints');
    rmSync(directory.checkpoints, { recursive: true });
    writeFileSync(directory.checkpoints, '');
    await expect(executed()).rejects.toMatchObject({ code: 'CHECKPOINT_WRITE' });
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/^no checkpoint at step 5: .*could not be written/);
    expect(trainer.index).toBe(15);
    const report = JSON.parse(readFileSync(join(directory.path, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ ended: 'failed', steps: 15, error: { code: 'CHECKPOINT_WRITE' } });
  });
});

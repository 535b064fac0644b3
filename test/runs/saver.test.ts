import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RunEvent, runContext, StepLog } from '../../src/runs/index.ts';
import { Saver } from '../../src/runs/saver.ts';
import { smallRun } from '../support/run.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();

async function saverOf(name: string) {
  const { config, directory, assembly } = await smallRun(join(root, name));
  const log = new StepLog(directory.log);
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const events: RunEvent[] = [];
  const context = runContext({ config, directory, assembly, warn });
  context.events.add({ name: 'test', onEvent: (event) => events.push(event) });
  return {
    saver: new Saver(context, log, { elapsed: 7 }),
    events,
    directory,
    log,
    warnings,
  };
}

describe('Saver', () => {
  it('writes log, checkpoint and picture, in this order', async () => {
    const { saver, directory, log, events } = await saverOf('order');
    log.write({ index: 0, player: 'critic', seconds: 0, values: { loss: 1 } });
    await saver.save();
    expect(readFileSync(directory.log, 'utf8')).toContain('"index":0');
    expect(saver.path).toBe(join(directory.checkpoints, 'checkpoint-0000000000.safetensors'));
    expect(readdirSync(join(directory.path, 'samples'))).toEqual(['step-00000000.png']);
    expect(events).toEqual([
      {
        kind: 'checkpoint',
        index: 0,
        seconds: expect.any(Number),
        bytes: expect.any(Number),
        path: saver.path,
        elapsed: 7,
      },
      { kind: 'samples', index: 0, path: directory.sample('step-00000000') },
    ]);
  });

  it('does not save a step twice at the end', async () => {
    const { saver, directory } = await saverOf('once');
    await saver.save();
    rmSync(saver.path!);
    await saver.finish();
    expect(readdirSync(directory.checkpoints)).toEqual([]);
  });

  it('forgives failures until the third in a row', async () => {
    const { saver, directory, events } = await saverOf('forgiving');
    const breakFolder = () => {
      rmSync(directory.checkpoints, { recursive: true });
      writeFileSync(directory.checkpoints, '');
    };
    breakFolder();
    await saver.save();
    await saver.save();
    rmSync(directory.checkpoints);
    await saver.save();
    breakFolder();
    await saver.save();
    await saver.save();
    await expect(saver.save()).rejects.toMatchObject({ code: 'CHECKPOINT_WRITE' });
    expect(events.filter(({ kind }) => kind === 'checkpoint-failed')).toHaveLength(4);
  });
});

import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { execute, readRunEvents, runContext } from '../../../src/runs/index.ts';
import { smallRun } from '../../support/run.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();

async function prepared(name: string) {
  const small = await smallRun(join(root, name));
  const warnings: string[] = [];
  const lost: string[] = [];
  const context = runContext({ ...small, warn: (message) => warnings.push(message) });
  const counter = { name: 'the counter', onLost: (observer: string) => void lost.push(observer) };
  const executed = () => execute(context, { observers: [counter] });
  return { ...small, executed, warnings, lost };
}

describe('the files of a run', () => {
  it.skipIf(process.platform !== 'linux')(
    'a log that is never written is told of, in the report too',
    async () => {
      const { directory, executed, warnings, lost } = await prepared('full');
      symlinkSync('/dev/full', directory.log);
      const report = await executed();
      expect(report).toMatchObject({ ended: 'finished', steps: 20, unwritten: { 'log.jsonl': 20 } });
      expect(JSON.parse(readFileSync(join(directory.path, 'report.json'), 'utf8'))).toEqual(report);
      expect(warnings[0]).toMatch(
        /^log\.jsonl cannot be written \(ENOSPC.*; its lines are kept and written later$/,
      );
      expect(warnings.at(-1)).toMatch(/^the log is not whole: Error: ENOSPC/);
      expect(lost).toEqual(['the log']);
      expect((await readRunEvents(directory.events)).filter(({ kind }) => kind === 'write-failed')).toEqual([
        {
          at: expect.any(String),
          kind: 'write-failed',
          index: 5,
          file: 'log.jsonl',
          message: expect.stringContaining('ENOSPC'),
        },
      ]);
    },
  );

  it('a report that cannot be written is an error that says how the run has ended', async () => {
    const { directory, executed } = await prepared('unreported');
    mkdirSync(join(directory.path, 'report.json', 'in-the-way'), { recursive: true });
    await expect(executed()).rejects.toMatchObject({
      code: 'REPORT_WRITE',
      message: expect.stringMatching(
        /^report\.json could not be written: .*; the run has finished at step 20$/,
      ),
    });
    expect((await readRunEvents(directory.events)).at(-1)).toMatchObject({
      kind: 'ended',
      ended: 'finished',
    });
  });

  it('what has ended a run is not hidden by a report that cannot be written', async () => {
    const { directory, executed, warnings } = await prepared('first');
    mkdirSync(join(directory.path, 'report.json', 'in-the-way'), { recursive: true });
    rmSync(directory.checkpoints, { recursive: true });
    writeFileSync(directory.checkpoints, '');
    await expect(executed()).rejects.toMatchObject({ code: 'CHECKPOINT_WRITE' });
    expect(warnings.at(-1)).toMatch(/^report\.json could not be written: .*; the run has failed at step 15$/);
  });
});

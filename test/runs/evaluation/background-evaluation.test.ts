import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CheckpointWriteError } from '../../../src/checkpoint/index.ts';
import { EvaluationTracker } from '../../../src/runs/evaluation/evaluation-tracker.ts';
import type { RunEvent } from '../../../src/runs/index.ts';
import {
  bestCheckpoint,
  execute,
  hasBestCheckpoint,
  readEvaluations,
  readRunEvents,
  resume,
  runContext,
  runEvaluations,
} from '../../../src/runs/index.ts';
import { smallRun } from '../../support/run.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();

/** Another thread scores. */
const onThread = {
  score: () => {
    throw new Error('scored on the thread of the run');
  },
};

async function trained(name: string, evaluation: object, data?: string) {
  const small = await smallRun(join(root, name));
  const config = {
    ...small.config,
    ...(data && { data }),
    evaluation: { every: 5, samples: 40, background: true, ...evaluation },
  };
  const { directory, assembly } = small;
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const context = runContext({ directory, config, assembly, warn });
  const report = await execute(context, await runEvaluations(context, onThread));
  return { directory, report, warnings, evaluations: await readEvaluations(directory.events) };
}

describe('BackgroundEvaluator', () => {
  it('scores on another thread, leaves out what comes due meanwhile, and is waited for at the end', async () => {
    const { report, evaluations, warnings, directory } = await trained('beside', { keepBest: 'fid' });
    expect(report).toMatchObject({ ended: 'finished', steps: 20 });
    expect(evaluations[0]).toMatchObject({ index: 5, values: { fid: expect.any(Number) } });
    expect(evaluations.length + warnings.length).toBe(4);
    for (const warning of warnings)
      expect(warning).toMatch(/^no evaluation at step \d+: the last one is still/);
    expect(hasBestCheckpoint(directory)).toBe(true);
  });

  it('waits at the end for what follows from the scores', async () => {
    const track = EvaluationTracker.prototype.track;
    let followed = 0;
    const slowly = vi.spyOn(EvaluationTracker.prototype, 'track').mockImplementation(async function (
      this: EvaluationTracker,
      ...given
    ) {
      await track.apply(this, given);
      await new Promise((resolve) => setTimeout(resolve, 100));
      followed++;
    });
    onTestFinished(() => slowly.mockRestore());
    const { evaluations } = await trained('slow tracker', { every: 20 });
    expect([evaluations.length, followed]).toEqual([1, 1]);
  });

  it('ends the run with an error where the best checkpoint of the last step cannot be written', async () => {
    const small = await smallRun(join(root, 'unwritable'));
    const evaluation = { every: 20, samples: 40, keepBest: 'fid' as const, background: true };
    const { directory, assembly } = small;
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    const context = runContext({ directory, config: { ...small.config, evaluation }, assembly, warn });
    const evaluations = await runEvaluations(context, onThread);
    mkdirSync(join(bestCheckpoint(directory), 'in-the-way'), { recursive: true });
    const ended = execute(context, evaluations);
    await expect(ended).rejects.toThrow(CheckpointWriteError);
    expect(warnings).toEqual([expect.stringMatching(/^no checkpoint at step 20: .*best.safetensors/)]);
    const report = JSON.parse(readFileSync(join(directory.path, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ ended: 'failed', steps: 20, error: { code: 'CHECKPOINT_WRITE' } });
    const kinds = (await readRunEvents(directory.events)).map(({ kind }) => kind);
    expect(kinds.slice(-3)).toEqual(['evaluation', 'checkpoint-failed', 'ended']);
  });

  it('does an evaluation again that a crash has cut off, and tells of one that it cannot do any more', async () => {
    const small = await smallRun(join(root, 'cut off'), { steps: 12 });
    const { directory, assembly } = small;
    const quiet = () => {};
    await execute(runContext({ directory, config: small.config, assembly, warn: quiet }));
    const resumed = async (every: number, steps: number) => {
      const again = await smallRun(join(root, `cut off ${every} ${steps}`), { steps });
      const config = {
        ...small.config,
        steps,
        evaluation: { every, samples: 40, scores: ['fid'], background: true },
      };
      const [events, warnings]: [RunEvent[], string[]] = [[], []];
      const warn = (message: string) => void warnings.push(message);
      const context = runContext({ directory, config, assembly: again.assembly, warn });
      await resume(context);
      const { observers = [] } = await runEvaluations(context, onThread);
      const seen = { name: 'test', onEvent: (event: RunEvent) => void events.push(event) };
      await execute(context, { observers: [...observers, seen] });
      const told = events
        .filter(({ kind }) => kind.startsWith('evaluation'))
        .map(({ kind, index }) => [kind, index]);
      return { told, warnings };
    };
    // Checkpoints are every five steps, and at the end.
    expect(await resumed(10, 14)).toEqual({ told: [['evaluation', 10]], warnings: [] });
    expect(await resumed(11, 16)).toEqual({
      told: [['evaluation-missed', 11]],
      warnings: ['no evaluation at step 11: it was not done when the run was interrupted'],
    });
    // The one that was due last is done.
    expect(await resumed(10, 18)).toEqual({ told: [], warnings: [] });
  });

  it('warns when the thread cannot score, and the run goes on', async () => {
    const { report, evaluations, warnings } = await trained('broken', { scores: ['msSsim'], every: 20 });
    expect(report).toMatchObject({ ended: 'finished', steps: 20 });
    expect(evaluations).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining('no evaluation at step 20: Error: scores: expected some'),
    ]);
  });
});

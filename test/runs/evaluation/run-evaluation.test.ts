import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointWriteError, decode } from '../../../src/checkpoint/index.ts';
import { cpuEngine } from '../../../src/engine/index.ts';
import type { RunEvent } from '../../../src/runs/index.ts';
import {
  bestCheckpoint,
  type EvaluationSettings,
  execute,
  hasBestCheckpoint,
  openEvaluator,
  readEvaluations,
  resume,
  runContext,
  runEvaluations,
  sampleScorer,
} from '../../../src/runs/index.ts';
import { smallRun } from '../../support/run.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();
const engine = await cpuEngine();

/** A small run of 20 steps that is evaluated. */
async function evaluated(name: string, evaluation: EvaluationSettings) {
  const small = await smallRun(join(root, name));
  const config = { ...small.config, evaluation: { samples: 40, ...evaluation } };
  const { directory, assembly } = small;
  const evaluator = await openEvaluator(config.evaluation, assembly.dataset, engine);
  const events: RunEvent[] = [];
  const observers = [{ name: 'test', onEvent: (event: RunEvent) => void events.push(event) }];
  const warn = (message: string) => {
    throw new Error(message);
  };
  const executed = async () => {
    const context = runContext({ directory, config, assembly, warn });
    const scorer = sampleScorer(assembly.trainer, evaluator);
    return execute(context, { ...(await runEvaluations(context, scorer)), observers });
  };
  return { config, directory, assembly, evaluator, executed, events };
}

const scoresIn = (events: readonly RunEvent[]) => events.filter(({ kind }) => kind === 'evaluation');

describe('runEvaluations', () => {
  it('scores every n steps, for observers and for the events, and not at the end beside', async () => {
    const { executed, directory, events } = await evaluated('plain', { every: 8 });
    await executed();
    const logged = await readEvaluations(directory.events);
    expect(logged.map(({ index }) => index)).toEqual([8, 16]);
    expect(scoresIn(events)).toEqual(
      logged.map((evaluated) => ({ kind: 'evaluation', ...evaluated, seconds: expect.any(Number) })),
    );
    expect(logged[0]!.values).toMatchObject({ fid: expect.any(Number), modes: expect.any(Number) });
    expect(hasBestCheckpoint(directory)).toBe(false);
  });

  it.each([20, 30])('draws and compares as many samples as the config says: %i', async (samples) => {
    const { executed, evaluator } = await evaluated(`samples-${samples}`, { every: 20, samples });
    const scored: (readonly number[])[] = [];
    const score = evaluator.score.bind(evaluator);
    evaluator.score = (drawn, progress) => {
      scored.push(drawn.shape);
      return score(drawn, progress);
    };
    await executed();
    expect(scored).toEqual([[samples, 2]]);
    expect(evaluator.samples).toBe(samples);
  });

  it('does not change what is learned', async () => {
    const [plain, scored] = [await smallRun(join(root, 'unscored')), await evaluated('scored', { every: 5 })];
    const warn = (message: string) => {
      throw new Error(message);
    };
    await execute(runContext({ ...plain, warn }));
    await scored.executed();
    const bytes = (path: string) =>
      readFileSync(join(path, 'checkpoints', 'checkpoint-0000000020.safetensors'));
    expect(bytes(scored.directory.path)).toEqual(bytes(plain.directory.path));
  });

  it('ends the run with an error where the best checkpoint of the last step cannot be written', async () => {
    const { directory, config, assembly, evaluator } = await evaluated('unwritable', {
      every: 20,
      keepBest: 'fid',
    });
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    const context = runContext({ directory, config, assembly, warn });
    const evaluations = await runEvaluations(context, sampleScorer(assembly.trainer, evaluator));
    mkdirSync(join(bestCheckpoint(directory), 'in-the-way'), { recursive: true });
    await expect(execute(context, evaluations)).rejects.toThrow(CheckpointWriteError);
    expect(warnings).toEqual([expect.stringMatching(/^no checkpoint at step 20: .*best.safetensors/)]);
    const report = JSON.parse(readFileSync(join(directory.path, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ ended: 'failed', steps: 20, error: { code: 'CHECKPOINT_WRITE' } });
  });

  it('keeps the best checkpoint with its scores', async () => {
    const { executed, directory } = await evaluated('best', { every: 4, keepBest: 'fid' });
    await executed();
    const logged = await readEvaluations(directory.events);
    const best = logged.reduce((a, b) => (b.values.fid! < a.values.fid! ? b : a));
    const { state } = decode(readFileSync(bestCheckpoint(directory)));
    expect(state).toMatchObject({ index: best.index, scores: best.values, recipe: 'wgan-gp' });
    expect(existsSync(bestCheckpoint(directory))).toBe(true);
  });

  it('stops the run when it gets no better', async () => {
    // The share of high quality of such a small run is 0 throughout, and what equals the best is no
    // better.
    const settings = { every: 3, keepBest: 'highQuality', stopAfter: 2 } as const;
    const { executed } = await evaluated('patience', settings);
    const report = await executed();
    expect(report).toMatchObject({ ended: 'stopped', steps: 9 });
  });

  it('keeps its lines of the log when the run goes back to a checkpoint', async () => {
    const { executed, directory, config, assembly } = await evaluated('back', { every: 4 });
    await executed();
    const again = await smallRun(join(root, 'other'));
    const more = { ...config, steps: 40 };
    await resume({ directory, config: more, assembly: again.assembly, warn: () => undefined });
    expect(again.assembly.trainer.index).toBe(20);
    expect((await readEvaluations(directory.events)).map(({ index }) => index)).toEqual([4, 8, 12, 16, 20]);
    expect(assembly.trainer.index).toBe(20);
  });
});

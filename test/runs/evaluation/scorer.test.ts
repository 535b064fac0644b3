import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/checkpoint/index.ts';
import { cpuEngine } from '../../../src/engine/index.ts';
import { findRecipe, resolveSettings } from '../../../src/recipes/index.ts';
import {
  assemble,
  bestCheckpoint,
  type EvaluationSettings,
  execute,
  openScorer,
  RunDirectory,
  readEvaluations,
  runContext,
  runEvaluations,
} from '../../../src/runs/index.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();
const engine = await cpuEngine();
const sets: Record<string, Record<string, string>> = {
  'frozen-lake-q': { epsilon: '0.5', 'epsilon-end': '0.5', alpha: '0.5', 'alpha-end': '0.5' },
  'cart-pole-ppo': { width: '4', 'num-envs': '2', 'rollout-steps': '8', minibatch: '16', epochs: '1' },
};

/** Runs an agent to its end, evaluated or not. */
async function ran(recipe: string, name: string, steps: number, evaluation?: EvaluationSettings) {
  const directory = new RunDirectory(join(folder, name));
  const set = new Map(Object.entries(sets[recipe]!));
  const settings = resolveSettings(findRecipe(recipe), undefined, { steps, checkpointEvery: steps, set });
  const config = {
    weir: '0.1.0',
    recipe,
    data: 'line',
    engine: 'cpu',
    ...settings,
    ...(evaluation && { evaluation }),
  };
  directory.create(config);
  const assembly = assemble(config, undefined, engine);
  if (assembly.kind !== 'agent') throw new Error(`${recipe} is no agent`);
  const warn = (message: string) => {
    throw new Error(message);
  };
  const context = runContext({ directory, config, assembly, warn });
  const scorer = evaluation && (await openScorer(assembly, evaluation, engine));
  const report = await execute(context, scorer && (await runEvaluations(context, scorer)));
  return { directory, report };
}

const lastOf = ({ checkpoints }: RunDirectory, steps: number) =>
  readFileSync(join(checkpoints, `checkpoint-${String(steps).padStart(10, '0')}.safetensors`));

describe('the scorer of an agent', () => {
  it('plays every n steps, for the log, and keeps the best checkpoint', async () => {
    const settings: EvaluationSettings = { every: 4_000, episodes: 10, keepBest: 'returnMean' };
    const { directory } = await ran('frozen-lake-q', 'lake', 20_000, settings);
    const logged = await readEvaluations(directory.events);
    expect(logged.map(({ index }) => index)).toEqual([4_000, 8_000, 12_000, 16_000, 20_000]);
    const best = logged.reduce((a, b) => (b.values.returnMean! > a.values.returnMean! ? b : a));
    expect(best.values.returnMean).toBeGreaterThan(0);
    const { state } = decode(readFileSync(bestCheckpoint(directory)));
    expect(state).toMatchObject({ index: best.index, scores: best.values, recipe: 'frozen-lake-q' });
  });

  it('stops the run when it gets no better', async () => {
    const settings: EvaluationSettings = { every: 10, episodes: 2, keepBest: 'returnMean', stopAfter: 2 };
    const { report } = await ran('frozen-lake-q', 'stopped', 20_000, settings);
    expect(report).toMatchObject({ ended: 'stopped', steps: 30 });
  });

  it.each([
    ['frozen-lake-q', 2_000],
    ['cart-pole-ppo', 8],
  ])('does not change what %s learns', async (recipe, steps) => {
    const settings: EvaluationSettings = { every: steps / 4, episodes: 3 };
    const plain = await ran(recipe, `${recipe}-plain`, steps);
    const evaluated = await ran(recipe, `${recipe}-evaluated`, steps, settings);
    expect(await readEvaluations(evaluated.directory.events)).toHaveLength(4);
    expect(lastOf(evaluated.directory, steps)).toEqual(lastOf(plain.directory, steps));
  });
});

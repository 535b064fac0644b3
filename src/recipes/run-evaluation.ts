import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Subject } from 'rxjs';
import { writeCheckpoint } from '../checkpoint/index.ts';
import type { Dataset } from '../data/index.ts';
import type { Engine } from '../engine/index.ts';
import {
  type Collapse,
  collapseAlert,
  type Evaluated,
  Evaluator,
  evaluate,
  improvements,
  stopEarly,
} from '../evaluation/index.ts';
import { every, type Run } from '../streams/index.ts';
import type { GanAssembly } from './assembly.ts';
import { checkpointOf } from './checkpoint-state.ts';
import type { EvaluationSettings } from './evaluation-settings.ts';
import type { Barrier } from './execute.ts';
import { openFeatures } from './open-features.ts';
import { readEvaluations } from './read-evaluations.ts';
import type { RunConfig, RunDirectory } from './run-directory.ts';

/** Opens what a run is evaluated with. @throws what is wrong with features, samples or scores, before anything is written */
export async function openEvaluator(
  { features, hash, scores, samples }: Omit<EvaluationSettings, 'every'>,
  dataset: Dataset,
  engine: Engine,
): Promise<Evaluator> {
  const seen = features === undefined ? undefined : await openFeatures(features, engine, hash);
  return Evaluator.open({
    ...{ dataset, engine },
    ...(seen && { features: seen }),
    ...(scores && { scores }),
    ...(samples !== undefined && { samples }),
  });
}

/** The scores that tell of mode collapse by falling. */
const telling = ['recall', 'coverage', 'modes'] as const;

/** A run whose evaluations are wanted. */
export interface Evaluating {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly assembly: GanAssembly;
  readonly run: Run;
  readonly evaluator: Evaluator;
}

/**
 * The barrier that evaluates a run: it tells the scores, warns of collapse, keeps the best checkpoint, and stops the run when it
 * gets no better. What was found before the run was interrupted counts, as its log tells.
 */
export async function evaluationBarrier(evaluating: Evaluating): Promise<Barrier> {
  const { directory, config, assembly, run, evaluator } = evaluating;
  const { every: turns, keepBest, stopAfter } = config.evaluation!;
  const scores$ = new Subject<Evaluated>();
  const so: { best?: Evaluated; stopping: boolean; told: Collapse[] } = { stopping: false, told: [] };
  const watchForStop = () => {
    if (keepBest === undefined || stopAfter === undefined) return;
    scores$.pipe(stopEarly(keepBest, stopAfter)).subscribe({ complete: () => (so.stopping = true) });
  };
  if (keepBest !== undefined)
    scores$.pipe(improvements(keepBest)).subscribe((evaluated) => (so.best = evaluated));
  for (const score of telling)
    scores$.pipe(collapseAlert(score)).subscribe((collapse) => so.told.push(collapse));
  watchForStop();
  for (const evaluated of await readEvaluations(directory.log)) scores$.next(evaluated);
  so.told = [];
  // Who resumes a run that had stopped for want of progress wants it to go on.
  if (so.stopping) watchForStop();
  so.stopping = false;

  return {
    due: every(turns, { atEnd: false }),
    task: (event, _, tell) =>
      evaluate({
        evaluator,
        draw: (count, seed) => assembly.trainer.sample(count, seed),
        async onScores(evaluated) {
          tell({ kind: 'evaluation', ...evaluated });
          scores$.next(evaluated);
          for (const { score, value, best } of so.told.splice(0)) {
            const message = `${score} fell to ${value.toPrecision(3)} from ${best.toPrecision(3)}: modes are lost`;
            tell({
              kind: 'alert',
              index: evaluated.index,
              rule: 'mode-collapse',
              severity: 'warning',
              message,
            });
          }
          if (so.best === evaluated) await keep(directory, config, assembly, evaluated);
          if (so.stopping) run.stop();
        },
      })(event),
  };
}

/** The best checkpoint so far, beside those that come and go. */
async function keep(
  directory: RunDirectory,
  config: RunConfig,
  assembly: GanAssembly,
  { values }: Evaluated,
): Promise<void> {
  const { tensors, state } = checkpointOf(config, assembly);
  await writeCheckpoint(bestCheckpoint(directory), { tensors, state: { ...state, scores: { ...values } } });
}

/** Where the best checkpoint of a run is kept. */
export function bestCheckpoint(directory: RunDirectory): string {
  return join(directory.checkpoints, 'best.safetensors');
}

/** Whether a run keeps one. */
export function hasBestCheckpoint(directory: RunDirectory): boolean {
  return existsSync(bestCheckpoint(directory));
}

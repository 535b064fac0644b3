import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Subject } from 'rxjs';
import { type Checkpoint, writeCheckpoint } from '../checkpoint/index.ts';
import {
  type Collapse,
  collapseAlert,
  type Evaluated,
  improvements,
  stopEarly,
} from '../evaluation/index.ts';
import type { Run } from '../streams/index.ts';
import type { Assembly } from './assembly.ts';
import type { Tell } from './execute.ts';
import { FailureLimit } from './failure-limit.ts';
import { readEvaluations } from './read-evaluations.ts';
import type { RunConfig, RunDirectory } from './run-directory.ts';

/** The scores that tell of mode collapse by falling. */
const telling = ['recall', 'coverage', 'modes'] as const;

/** The run whose evaluations are judged. */
export interface Judged {
  readonly directory: RunDirectory;
  readonly config: RunConfig;
  readonly assembly: Pick<Assembly, 'learner'>;
  readonly run: Run;
}

/** Draws the conclusions of the evaluations of a run, one after the other. */
export class EvaluationJudge {
  readonly #directory: RunDirectory;
  readonly #run: Run;
  readonly #scores$ = new Subject<Evaluated>();
  #best: Evaluated | undefined;
  /** The best checkpoint, until it is written. */
  #unwritten: Checkpoint | undefined;
  readonly #limit = new FailureLimit();
  #stopping = false;
  #collapses: Collapse[] = [];

  private constructor(
    { evaluation }: RunConfig,
    directory: RunDirectory,
    run: Run,
    past: readonly Evaluated[],
  ) {
    this.#directory = directory;
    this.#run = run;
    const { keepBest, stopAfter } = evaluation!;
    if (keepBest !== undefined)
      this.#scores$.pipe(improvements(keepBest)).subscribe((evaluated) => {
        this.#best = evaluated;
      });
    for (const score of telling)
      this.#scores$.pipe(collapseAlert(score)).subscribe((collapse) => this.#collapses.push(collapse));
    const watchForStop = () => {
      if (keepBest === undefined || stopAfter === undefined) return;
      this.#scores$.pipe(stopEarly(keepBest, stopAfter)).subscribe({
        complete: () => {
          this.#stopping = true;
        },
      });
    };
    watchForStop();
    for (const evaluated of past) this.#scores$.next(evaluated);
    this.#collapses = [];
    // Who resumes a run that had stopped for want of progress wants it to go on.
    if (this.#stopping) watchForStop();
    this.#stopping = false;
  }

  /** A judge who knows what was found before the run was interrupted, as its notices tell. */
  static async of({ config, directory, run, assembly }: Judged): Promise<EvaluationJudge> {
    const past = await readEvaluations(directory.notices);
    const { index } = assembly.learner;
    // A run that has gone back to an earlier checkpoint does the others again.
    const standing = past.filter((evaluated) => evaluated.index <= index);
    return new EvaluationJudge(config, directory, run, standing);
  }

  /**
   * Tells the scores, warns of collapse, keeps the best checkpoint, and stops the run when it gets no better.
   * A best checkpoint that could not be written is tried again at the next evaluation.
   * @param scored the checkpoint that was scored; asked for only where it is to be kept
   * @throws CheckpointWriteError at the third failure in a row to write the best one
   */
  async judge(evaluated: Evaluated, scored: () => Checkpoint, tell: Tell): Promise<void> {
    const { index, values } = evaluated;
    tell({ kind: 'evaluation', ...evaluated });
    this.#scores$.next(evaluated);
    for (const { score, value, best } of this.#collapses.splice(0)) {
      const message = `${score} fell to ${value.toPrecision(3)} from ${best.toPrecision(3)}: modes are lost`;
      tell({ kind: 'alert', index, rule: 'ModeCollapse', severity: 'warning', message });
    }
    const failed = ({ message }: Error) => tell({ kind: 'checkpoint-failed', index, message });
    if (this.#best === evaluated) {
      this.#directory.check();
      const { tensors, state } = scored();
      this.#unwritten = { tensors, state: { ...state, scores: { ...values } } };
    }
    const best = this.#unwritten;
    if (best !== undefined) await this.#limit.attempt(() => this.#write(best), failed);
    if (this.#stopping) this.#run.stop();
  }

  async #write(best: Checkpoint): Promise<void> {
    await writeCheckpoint(bestCheckpoint(this.#directory), best);
    this.#unwritten = undefined;
  }
}

/** Where the best checkpoint of a run is kept. */
export function bestCheckpoint(directory: RunDirectory): string {
  return join(directory.checkpoints, 'best.safetensors');
}

/** Whether a run keeps one. */
export function hasBestCheckpoint(directory: RunDirectory): boolean {
  return existsSync(bestCheckpoint(directory));
}

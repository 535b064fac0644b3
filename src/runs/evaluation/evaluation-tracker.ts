import { filter, Subject } from 'rxjs';
import type { Checkpoint } from '../../checkpoint/index.ts';
import {
  type Collapse,
  collapseAlert,
  type Evaluated,
  improvements,
  type ScoreName,
  stopEarly,
} from '../../evaluation/index.ts';
import { readBest, writeBest } from '../directory/best-checkpoint.ts';
import { readEvaluations } from '../directory/read-evaluations.ts';
import type { RunEvent } from '../events/run-observer.ts';
import { FailureLimit } from '../failure-limit.ts';
import type { RunContext } from '../run-context.ts';

/** The scores that fall on mode collapse. */
const telling = ['recall', 'coverage', 'modes'] as const;

type TrackedRun = Pick<RunContext, 'config' | 'directory' | 'assembly' | 'run' | 'events'>;

/**
 * Handles the evaluations of a run in order: events, collapse alerts, best checkpoint, early stop.
 */
export class EvaluationTracker {
  readonly #context: TrackedRun;
  readonly #scores$ = new Subject<Evaluated>();
  readonly #keepBest: ScoreName | undefined;
  #best: Evaluated | undefined;
  /** The best checkpoint, until it is written. */
  #unwritten: { readonly checkpoint: Checkpoint; readonly evaluated: Evaluated } | undefined;
  /** The step of the last evaluation that is known; 0 before the first. */
  readonly last: number;
  readonly #limit = new FailureLimit();
  #stopping = false;
  #collapses: Collapse[] = [];

  private constructor(context: TrackedRun, past: readonly Evaluated[], best: Evaluated | undefined) {
    // Only scores behind the step at which the last phase of the run begins are compared.
    const lastPhase = context.assembly.plan?.starts.at(-1) ?? 0;
    const scores$ = this.#scores$.pipe(filter(({ index }) => lastPhase === 0 || index > lastPhase));
    this.#context = context;
    const { keepBest, stopAfter } = context.config.evaluation!;
    this.#keepBest = keepBest;
    this.last = past.at(-1)?.index ?? 0;
    for (const score of telling)
      scores$.pipe(collapseAlert(score)).subscribe((collapse) => this.#collapses.push(collapse));
    const watchForStop = () => {
      if (keepBest === undefined || stopAfter === undefined) return;
      scores$.pipe(stopEarly(keepBest, stopAfter)).subscribe({
        complete: () => {
          this.#stopping = true;
        },
      });
    };
    watchForStop();
    for (const evaluated of past) this.#scores$.next(evaluated);
    this.#collapses = [];
    // A run that had stopped for lack of progress and is resumed goes on.
    if (this.#stopping) watchForStop();
    this.#stopping = false;
    // The file and not the events say what is kept: a crash may have come between the two.
    if (keepBest !== undefined)
      scores$.pipe(improvements(keepBest, best?.values[keepBest])).subscribe((evaluated) => {
        this.#best = evaluated;
      });
  }

  /**
   * A tracker with the evaluations from before the run was interrupted, from its events and its
   * best checkpoint.
   */
  static async of(context: TrackedRun): Promise<EvaluationTracker> {
    const { config, directory, assembly } = context;
    const { keepBest } = config.evaluation!;
    const best = keepBest === undefined ? undefined : await readBest(directory, keepBest);
    const logged = await readEvaluations(directory.events);
    const unlogged = best !== undefined && !logged.some(({ index }) => index === best.index) ? [best] : [];
    const { index } = assembly.learner;
    // A run that has gone back to an earlier checkpoint does the others again.
    const standing = [...logged, ...unlogged].filter((evaluated) => evaluated.index <= index);
    const past = standing.sort((a, b) => a.index - b.index);
    return new EvaluationTracker(context, past, best);
  }

  /**
   * Reports the scores, warns of collapse, keeps the best checkpoint, and stops the run when it
   * gets no better. A best checkpoint that could not be written is tried again at the next
   * evaluation.
   * @param scored the checkpoint that was scored; asked for only where it is to be kept
   * @throws CheckpointWriteError at the third failure in a row to write the best one
   */
  async track(evaluated: Evaluated, scored: () => Checkpoint): Promise<void> {
    const { index } = evaluated;
    const { directory, run, events } = this.#context;
    const tell = (event: RunEvent) => events.event(event);
    tell({ kind: 'evaluation', ...evaluated });
    this.#scores$.next(evaluated);
    for (const { score, value, best } of this.#collapses.splice(0)) {
      const message = `${score} fell to ${value.toPrecision(3)} from ${best.toPrecision(3)}: modes are lost`;
      tell({ kind: 'alert', index, rule: 'ModeCollapse', severity: 'warning', message });
    }
    const failed = ({ message }: Error) => tell({ kind: 'checkpoint-failed', index, message });
    if (this.#best === evaluated) {
      directory.check();
      this.#unwritten = { checkpoint: scored(), evaluated };
    }
    if (this.#unwritten !== undefined) await this.#limit.attempt(() => this.#write(), failed);
    if (this.#stopping) run.stop();
  }

  /**
   * Writes the best checkpoint where that has failed so far: the run ends, and no evaluation comes
   * that would try again.
   * @throws CheckpointWriteError
   */
  async finish(): Promise<void> {
    if (this.#unwritten !== undefined) await this.#write();
  }

  async #write(): Promise<void> {
    const { checkpoint, evaluated } = this.#unwritten!;
    await writeBest(this.#context.directory, checkpoint, this.#keepBest!, evaluated);
    this.#unwritten = undefined;
  }
}

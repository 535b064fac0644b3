import { type Observable, Subject } from 'rxjs';
import type { Learner } from '../recipes/index.ts';
import type { Due, Run, StepEvent } from '../streams/index.ts';
import { StoppedByAlertError } from './errors.ts';
import type { RunObservers } from './events/run-observers.ts';

/** What a control acts on. */
export interface ControlledRun {
  readonly run: Run;
  readonly learner: Learner;
  readonly events: RunObservers;
}

/** The checkpoint that a run goes back to, and why. */
export interface RollbackOrder {
  readonly reason: string;
  /** Checkpoints of later steps are not good. */
  readonly before: number;
}

/**
 * What can be asked of a run while it goes on. Everything takes effect between two steps and is
 * reported as an event; a change of the learning rates is part of the next checkpoint, so that a
 * resumed run goes on with it.
 */
export class RunControl {
  readonly #run: Run;
  readonly #learner: Learner;
  readonly #events: RunObservers;
  readonly #saves$ = new Subject<void>();
  #wanted = false;
  #rollback: RollbackOrder | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor({ run, learner, events }: ControlledRun) {
    this.#run = run;
    this.#learner = learner;
    this.#events = events;
  }

  /**
   * Emits where a checkpoint is wanted while the run is paused, so that no step comes to write it.
   */
  get saves$(): Observable<void> {
    return this.#saves$;
  }

  pause(): void {
    this.#run.pause();
    this.#asked('pause');
  }

  resume(): void {
    this.#run.resume();
    this.#asked('resume');
  }

  stop(): void {
    this.#run.stop();
    this.#asked('stop');
  }

  /** A paused run writes it at once. Where it cannot, it tries again after its next step. */
  checkpoint(): void {
    this.#asked('checkpoint');
    this.#wanted = true;
    if (this.#run.still) this.#saves$.next();
  }

  /** A checkpoint that was wanted is written. */
  saved(): void {
    this.#wanted = false;
  }

  /** @throws RangeError when the factor is no finite number above 0, or the learner has no rate */
  rate(factor: number): void {
    if (this.#learner.rateFactor === undefined)
      throw new RangeError('action: expected one that this learner knows: it has no learning rate to change');
    this.#learner.rateFactor = factor;
    this.#events.event({ kind: 'rate', index: this.#learner.index, factor });
  }

  /** Lets the run go back to a good checkpoint and on from there with half the learning rates. */
  rollBack(reason: string, before: number): void {
    this.#rollback ??= { reason, before };
  }

  /**
   * Stops the run in order; it then ends with this reason as an error, and the exit code of a
   * policy.
   */
  stopFor(reason: string): void {
    this.fail(new StoppedByAlertError(reason));
  }

  /** Stops the run in order; it then ends with this error. The first one counts. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#run.stop();
  }

  /** What the run ends with, be it `undefined`. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  get rollbackWanted(): boolean {
    return this.#rollback !== undefined;
  }

  /** The rollback that was asked for, which is then no longer asked for. */
  takeRollback(): RollbackOrder | undefined {
    const order = this.#rollback;
    this.#rollback = undefined;
    return order;
  }

  /** When a checkpoint is due: as planned, and when one was asked for. */
  due(planned: Due<StepEvent>): Due<StepEvent> {
    const due = (event: StepEvent) => {
      const wanted = this.#wanted;
      this.#wanted = false;
      return planned(event) || wanted;
    };
    return Object.assign(due, { atEnd: planned.atEnd ?? false });
  }

  #asked(action: 'pause' | 'resume' | 'checkpoint' | 'stop'): void {
    this.#events.event({ kind: 'asked', index: this.#learner.index, action });
  }
}

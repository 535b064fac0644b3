import type { Learner } from '../recipes/index.ts';
import type { Due, Run, StepEvent } from '../streams/index.ts';
import { StoppedByAlertError } from './errors.ts';
import type { RunEvent } from './events/run-observer.ts';

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
  #tell: (event: RunEvent) => void = () => {};
  #save: () => Promise<void> = () => Promise.reject(new Error('the run has not started'));
  #wanted = false;
  #rollback: RollbackOrder | undefined;
  #stopped: StoppedByAlertError | undefined;

  /** Whether a rollback may come, so that there must be a checkpoint from the beginning. */
  readonly mayRollBack: boolean;

  constructor(run: Run, learner: Learner, { mayRollBack = false }: { readonly mayRollBack?: boolean } = {}) {
    this.mayRollBack = mayRollBack;
    this.#run = run;
    this.#learner = learner;
  }

  /** Begins to report control actions. @param save writes a checkpoint between two steps */
  serve(tell: (event: RunEvent) => void, save: () => Promise<void>): void {
    this.#tell = tell;
    this.#save = save;
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
    if (this.#run.still) void this.#saveStill();
    else this.#wanted = true;
  }

  async #saveStill(): Promise<void> {
    const release = this.#run.gate.hold();
    try {
      await this.#save();
    } catch {
      this.#wanted = true;
    } finally {
      release();
    }
  }

  /** @throws RangeError when the factor is no finite number above 0, or the learner has no rate */
  rate(factor: number): void {
    if (this.#learner.rateFactor === undefined)
      throw new RangeError('action: expected one that this learner knows: it has no learning rate to change');
    this.#learner.rateFactor = factor;
    this.#tell({ kind: 'rate', index: this.#learner.index, factor });
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
    this.#stopped ??= new StoppedByAlertError(reason);
    this.#run.stop();
  }

  /** Why the run was stopped, where an alert has stopped it. */
  get stopped(): StoppedByAlertError | undefined {
    return this.#stopped;
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
    this.#tell({ kind: 'asked', index: this.#learner.index, action });
  }
}

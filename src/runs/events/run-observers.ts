import type { Warn } from '../../base/index.ts';
import { noMetrics, type StepEvent } from '../../streams/index.ts';
import { hasMetrics } from './has-metrics.ts';
import type { RunEvent, RunObserver } from './run-observer.ts';

/** The most steps without metrics that are batched, and the most seconds of them. */
const [gatheredSteps, gatheredSeconds] = [1000, 0.05];

/**
 * All observers of a run. One that fails is reported to `warn` and dropped; the others and the run
 * go on.
 */
export class RunObservers {
  readonly #warn: Warn;
  #observers: readonly RunObserver[] = [];
  /** Those that have not failed. */
  #active: readonly RunObserver[] = [];
  readonly #closed = new Set<RunObserver>();
  /**
   * The steps without metrics that are not yet reported: their count, their seconds, and the last
   * event.
   */
  #steps = 0;
  #seconds = 0;
  #player = '';
  /** Of the last step. */
  #index = 0;

  constructor(warn: Warn) {
    this.#warn = warn;
  }

  /** Adds observers behind those that there are. */
  add(...observers: readonly RunObserver[]): void {
    this.#observers = [...this.#observers, ...observers];
    this.#active = [...this.#active, ...observers];
  }

  /**
   * Steps without metrics are passed on in batches, at most a twentieth of a second of work later.
   */
  step(event: StepEvent): void {
    this.#index = event.index;
    if (!hasMetrics(event)) {
      this.#gather(event);
      return;
    }
    for (const observer of this.#active) {
      try {
        observer.onStep?.(event);
      } catch (error) {
        this.#giveUp(observer, error);
      }
    }
  }

  event(event: RunEvent): void {
    if (this.#steps > 0) this.#tellSilent();
    for (const observer of this.#active) {
      try {
        observer.onEvent?.(event);
      } catch (error) {
        this.#giveUp(observer, error);
      }
    }
  }

  /** Lets all finish at once what they have begun, and waits for the slowest. */
  async finish(): Promise<void> {
    if (this.#steps > 0) this.#tellSilent();
    const finished = this.#active.map(async (observer) => {
      try {
        await observer.finish?.();
      } catch (error) {
        this.#giveUp(observer, error);
      }
    });
    await Promise.all(finished);
  }

  /** Reports that an observer, or something else beside the run, has failed and is gone. */
  lost(name: string): void {
    for (const observer of this.#observers) observer.onLost?.(name);
  }

  /**
   * Closes all at once and waits for the slowest. What is closed is not closed again.
   * @param observers others than those that were added
   */
  async close(observers: readonly RunObserver[] = this.#observers): Promise<void> {
    const closed = observers.map(async (observer) => {
      if (this.#closed.has(observer)) return;
      this.#closed.add(observer);
      try {
        await observer.close?.();
      } catch (error) {
        this.#warn(`${observer.name} was not closed: ${error}`);
      }
    });
    await Promise.all(closed);
  }

  /** Keeps numbers and not the event: a new object held by an old one costs more than they do. */
  #gather(event: StepEvent): void {
    this.#steps++;
    this.#seconds += event.seconds;
    this.#player = event.player;
    if (this.#steps >= gatheredSteps || this.#seconds >= gatheredSeconds) this.#tellSilent();
  }

  #tellSilent(): void {
    const [steps, seconds] = [this.#steps, this.#seconds];
    const last = { index: this.#index, player: this.#player, seconds: seconds / steps, values: noMetrics };
    this.#steps = this.#seconds = 0;
    for (const observer of this.#active) {
      try {
        observer.onBatched?.(steps, seconds, last);
      } catch (error) {
        this.#giveUp(observer, error);
      }
    }
  }

  #giveUp(observer: RunObserver, error: unknown): void {
    this.#active = this.#active.filter((other) => other !== observer);
    this.#warn(`${observer.name} was given up: ${error}`);
    this.lost(observer.name);
  }
}

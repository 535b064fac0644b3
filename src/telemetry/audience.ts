import type { TurnEvent } from '../streams/index.ts';
import type { Notice, Observer } from './observer.ts';

/** All observers of a run. One that fails is told to `warn` and is gone; the others and the run go on. */
export class Audience {
  readonly #observers: readonly Observer[];
  readonly #warn: (message: string) => void;
  /** Those that have not failed. */
  #told: readonly Observer[];

  constructor(observers: readonly Observer[], warn: (message: string) => void) {
    this.#observers = observers;
    this.#warn = warn;
    this.#told = observers;
    for (const observer of observers) observer.attach?.((notice) => this.notice(notice));
  }

  event(event: TurnEvent): void {
    for (const observer of this.#told) {
      try {
        observer.event?.(event);
      } catch (error) {
        this.#giveUp(observer, error);
      }
    }
  }

  notice(notice: Notice): void {
    for (const observer of this.#told) {
      try {
        observer.notice?.(notice);
      } catch (error) {
        this.#giveUp(observer, error);
      }
    }
  }

  /** Closes all at once and waits for the slowest. */
  async close(): Promise<void> {
    const closed = this.#observers.map(async (observer) => {
      try {
        await observer.close?.();
      } catch (error) {
        this.#warn(`${observer.name} was not closed: ${error}`);
      }
    });
    await Promise.all(closed);
  }

  #giveUp(observer: Observer, error: unknown): void {
    this.#told = this.#told.filter((other) => other !== observer);
    this.#warn(`${observer.name} was given up: ${error}`);
  }
}

import { monotonicSeconds } from '../base/index.ts';

/**
 * What the streams need of time: the part of RxJS's `SchedulerLike` that they use, so a
 * `TestScheduler` fits.
 */
export interface Scheduler {
  /** Milliseconds on a clock of which only differences mean something. */
  now(): number;
  /**
   * Calls `work` once, in a step of its own, after `delayMs`; not at all once the answer is
   * unsubscribed.
   */
  schedule(work: () => void, delayMs?: number): { unsubscribe(): void };
}

/**
 * Steps of the event loop between two that work: one to accept a connection, one to read what it
 * asks, one to spare.
 */
const stepsBetween = 3;

/**
 * Steps of the event loop, in which sockets, timers and signals are served in between. Without a
 * delay it is `setImmediate`: about a microsecond, where a timer costs a millisecond, and promises
 * would starve everybody else. It lets a few steps pass, so that who asks for a page waits for one
 * step, not for three.
 */
export const macrotask: Scheduler = {
  now: () => monotonicSeconds() * 1000,
  schedule(work, delayMs = 0) {
    if (delayMs > 0) {
      const timer = setTimeout(work, delayMs);
      return { unsubscribe: () => clearTimeout(timer) };
    }
    let left = stepsBetween;
    const next = () => {
      left--;
      if (left > 0) step = setImmediate(next);
      else work();
    };
    let step = setImmediate(next);
    return { unsubscribe: () => clearImmediate(step) };
  },
};

const longestDelayMs = 2 ** 31 - 1;

/** Keeps the process alive until the returned function is called. */
export function keepAlive(): () => void {
  const timer = setInterval(() => {}, longestDelayMs);
  return () => clearInterval(timer);
}

/**
 * Calls `work` every `periodMs` until the answer is called. It does not keep the process from
 * ending.
 */
export function heartbeat(work: () => void, periodMs: number): () => void {
  const timer = setInterval(work, periodMs).unref();
  return () => clearInterval(timer);
}

import { performance } from 'node:perf_hooks';

/** Seconds on a clock that never jumps; only differences mean something. */
export function monotonicSeconds(): number {
  return performance.now() / 1000;
}

/**
 * Seconds since 1970 by the clock on the wall, which may jump: for timestamps that others read,
 * never for ordering.
 */
export function wallSeconds(): number {
  return Date.now() / 1000;
}

/** The date and time of day in UTC, as ISO 8601 text: for people and logs, never for ordering. */
export function wallTime(): string {
  return new Date().toISOString();
}

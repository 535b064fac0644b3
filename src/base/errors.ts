/**
 * What kind of error it is, which decides the exit code and the remedy: `input` (the user gave
 * something wrong), `failure` (the machine or the program failed) or `policy` (a rule of the run
 * ended it, such as a non-finite loss).
 */
export type ErrorKind = 'input' | 'failure' | 'policy';

/**
 * An operational error with a stable code; every room derives one class for each thing that can go
 * wrong in it.
 */
export abstract class WeirError extends Error {
  /** Stable name of the error, such as `CHECKPOINT_CORRUPT`. */
  abstract readonly code: string;
  abstract readonly kind: ErrorKind;

  override get name(): string {
    return this.constructor.name;
  }
}

/**
 * The `code` of a Node.js system error (`ENOENT`, `ENOSPC`, ...), or undefined for any other value.
 */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

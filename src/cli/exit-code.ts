import { CommanderError } from 'commander';
import { type ErrorKind, systemCode, WeirError } from '../base/index.ts';

const codes: Readonly<Record<ErrorKind, number>> = { input: 1, failure: 2, policy: 3 };

/**
 * Whether this is what the package throws for an option against its rule, and not a fault of the
 * program itself.
 */
function isOptionError(error: unknown): error is Error {
  return (error instanceof RangeError || error instanceof TypeError) && error.message.includes(': expected ');
}

/** Codes of the system for what the machine lacks, and may have again at the next start. */
const machineFaults = ['EDQUOT', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM', 'ENOSPC', 'ESTALE', 'ETIMEDOUT'];

/** Whether an error goes back to the machine, and not to what the user has given. */
function isMachineFault(error: unknown): boolean {
  if (machineFaults.includes(systemCode(error) ?? '')) return true;
  return error instanceof Error && error.cause !== undefined && isMachineFault(error.cause);
}

/**
 * What the process ends with: 0 finished or stopped, 1 bad usage or input, 2 failure, 3 stopped by
 * a policy. An input that only the machine keeps from being used, such as a directory on a full
 * disk, is a failure: the same command may work later.
 */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode;
  if (error instanceof WeirError)
    return error.kind === 'input' && isMachineFault(error.cause) ? codes.failure : codes[error.kind];
  return isOptionError(error) ? 1 : 2;
}

/**
 * The error as a person should read it: the message for what is expected to happen, the whole stack
 * for what is not.
 * @param flags of the command line by the names that the options have in a script
 */
export function describeError(error: unknown, flags: ReadonlyMap<string, string> = new Map()): string {
  if (error instanceof WeirError || isOptionError(error)) return withFlag(error.message, flags);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * A message about an option as the command line calls it: `steps: expected` as `--steps: expected`.
 */
function withFlag(message: string, flags: ReadonlyMap<string, string>): string {
  const [, name, rest] = /^([\w.]+)((?: \S+)?: expected .*)$/s.exec(message) ?? [];
  const flag = name === undefined ? undefined : flags.get(name);
  return flag === undefined ? message : `${flag}${rest}`;
}

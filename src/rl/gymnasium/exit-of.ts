import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { monotonicSeconds } from '../../base/index.ts';
import { sleep } from './pipes.ts';

/**
 * How a child process has ended, in words. The event loop learns it later; Linux tells of a process
 * that its parent has not yet heard of (proc(5), field 52 of stat).
 */
export function exitOf({ pid, exitCode, signalCode }: ChildProcess): string {
  if (signalCode !== null) return `was ended by ${signalCode}`;
  if (exitCode !== null) return `ended with exit code ${exitCode}`;
  const began = monotonicSeconds();
  do {
    const status = statusOf(pid!);
    if (status !== undefined) {
      const signal = status & 0x7f;
      return signal === 0 ? `ended with exit code ${status >> 8}` : `was ended by ${signalName(signal)}`;
    }
    sleep(5);
  } while (monotonicSeconds() - began < 1);
  return 'ended';
}

/** The wait status of a process that has ended; undefined where it is not known. */
function statusOf(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return fields[0] === 'Z' ? Number(fields[49]) : undefined;
  } catch {
    return undefined;
  }
}

function signalName(number: number): string {
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return found?.[0] ?? `signal ${number}`;
}

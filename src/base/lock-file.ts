import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { wallTime } from './clock.ts';
import { systemCode } from './errors.ts';
import { given } from './given.ts';

/** The process that a lock file names. */
export interface LockHolder {
  /** Differs between any two locks. */
  readonly token: string;
  readonly host: string;
  readonly pid: number;
  /** When the lock was taken, as ISO 8601. */
  readonly since: string;
  /**
   * The start of the kernel that the process runs on; absent where the system does not report it.
   */
  readonly boot?: string;
  /** The namespace in which `pid` is its number. */
  readonly pidNamespace?: string;
  /**
   * When the process began, in the kernel's own count: another process may get its number later.
   */
  readonly began?: string;
}

/** A lock shows a sign of life this often, in seconds. */
export const heartbeatSeconds = 5;

/**
 * Seconds without a sign of life after which the holder of a lock is taken for dead, where its
 * process cannot be looked at.
 */
export const silenceLimit = 60;

/** This process as the holder of a new lock. */
export function newHolder(): LockHolder {
  const began = processState('self')?.began;
  return {
    token: randomUUID(),
    host: hostname(),
    pid: process.pid,
    since: wallTime(),
    ...here(),
    ...given({ began }),
  };
}

/**
 * The holder that the text of a lock file names; undefined for a text that no lock of this package
 * has.
 */
export function parseHolder(text: string): LockHolder | undefined {
  let holder: Partial<LockHolder>;
  try {
    holder = Object(JSON.parse(text));
  } catch {
    return undefined;
  }
  const { token, host, pid, since, boot, pidNamespace, began } = holder;
  const words = [token, host, since].every((word) => typeof word === 'string');
  const more = [boot, pidNamespace, began].every((word) => word === undefined || typeof word === 'string');
  const sound = words && more && /^[\w-]{1,64}$/.test(token!) && Number.isSafeInteger(pid) && pid! > 0;
  return sound ? (holder as LockHolder) : undefined;
}

/** Whether the process of a holder has a number that means the same process here. */
export function isVisible({ host, boot, pidNamespace }: LockHolder): boolean {
  const own = here();
  if (boot === undefined) return own.boot === undefined && host === hostname();
  return boot === own.boot && pidNamespace !== undefined && pidNamespace === own.pidNamespace;
}

/**
 * Whether a holder is taken to live: by its process where that can be looked at, by its last sign
 * of life where it runs in another container or on another machine.
 * @param silence seconds since the last sign of life
 */
export function isHeld(holder: LockHolder, silence: number): boolean {
  return isVisible(holder) ? lives(holder) : silence <= silenceLimit;
}

function lives({ pid, began }: LockHolder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) !== 'EPERM') return false;
  }
  // Inside `unshare --pid` without a /proc of its own, /proc numbers processes otherwise than kill
  // does.
  const numbered = readOr(() => readlinkSync('/proc/self')) === String(process.pid);
  const state = numbered ? processState(pid) : undefined;
  if (state === undefined) return true;
  return !state.ended && (began === undefined || state.began === began);
}

function here(): Pick<LockHolder, 'boot' | 'pidNamespace'> {
  const boot = readOr(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const pidNamespace = readOr(() => readlinkSync('/proc/self/ns/pid'));
  return given({ boot, pidNamespace });
}

/** The state of a process and its start time in clock ticks since boot, proc(5). */
function processState(pid: number | 'self'): { readonly ended: boolean; readonly began: string } | undefined {
  const text = readOr(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name of the program may hold spaces and brackets; what follows has neither.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined || fields.length < 20) return undefined;
  return { ended: /[ZXx]/.test(fields[0]!), began: fields[19]! };
}

function readOr(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

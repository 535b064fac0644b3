import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  heartbeatSeconds,
  isHeld,
  isVisible,
  type LockHolder,
  newHolder,
  parseHolder,
  silenceLimit,
  systemCode,
  withCleanupSync,
} from '../../base/index.ts';
import { heartbeat } from '../../streams/index.ts';
import { RunDirectoryError, RunLockLostError } from '../errors.ts';

/**
 * Whether a name in a run directory belongs to its lock: the lock itself, a claim, a lock that is
 * being written.
 */
export function isLockFile(name: string): boolean {
  return name === 'lock' || name.startsWith('lock-');
}

/**
 * The claim of one process on a run directory: the file `lock`, which names its holder. It appears
 * whole, by a hard link. The lock of a holder that has died is taken over by a claim, `lock-<token
 * of the dead>`, of which there can be one: of any number of processes that try at the same moment,
 * one gets the lock.
 */
export class RunLock {
  readonly #directory: string;
  readonly #holder = newHolder();
  #silence: () => void = () => {};
  #lost: RunLockLostError | undefined;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * @throws RunDirectoryError where another process holds the directory, or a file that is no lock
   * is in its place
   */
  static acquire(directory: string): RunLock {
    const lock = new RunLock(directory);
    lock.#acquire();
    lock.#silence = heartbeat(() => lock.#beat(), heartbeatSeconds * 1000);
    return lock;
  }

  /** Why the directory is no longer this process's, as of the last check. */
  get lost(): RunLockLostError | undefined {
    return this.#lost;
  }

  /**
   * Looks whether the directory is still there and still this process's. @throws RunLockLostError
   */
  check(): void {
    this.#lost ??= this.#loss();
    if (this.#lost !== undefined) throw this.#lost;
  }

  /** Removes the lock, if it is this process's. */
  release(): void {
    this.#silence();
    if (this.#loss() === undefined) rmSync(this.#lock, { force: true });
  }

  get #lock(): string {
    return join(this.#directory, 'lock');
  }

  #acquire(): void {
    const written = join(this.#directory, `lock-${this.#holder.token}.tmp`);
    withCleanupSync(
      () => {
        writeDurably(written, `${JSON.stringify(this.#holder)}\n`);
        const now = statSync(written).mtimeMs;
        for (let held = false; !held; ) held = linked(written, this.#lock) || this.#takenOver(written, now);
        this.#clean(now);
      },
      () => rmSync(written, { force: true }),
    );
  }

  /**
   * @param now by the clock of the file system, which the signs of life of other machines go by too
   */
  #takenOver(written: string, now: number): boolean {
    const claims = this.#claims();
    const last = claims.at(-1);
    // It was released in this moment.
    if (last === undefined) return false;
    const silence = (now - last.mtimeMs) / 1000;
    if (isHeld(last.holder, silence)) throw this.#inUse(last.holder, silence);
    const claim = this.#claimOn(last.holder);
    if (!linked(written, claim)) return false;
    // The dead lock that was judged may have been taken over and cleared away since.
    if (this.#claims().at(-1)?.holder.token !== this.#holder.token) {
      rmSync(claim, { force: true });
      return false;
    }
    renameSync(written, this.#lock);
    for (const { holder } of claims) rmSync(this.#claimOn(holder), { force: true });
    return true;
  }

  /**
   * The holder of the lock, the process that claims it after him, and so on: a claimant may have
   * died too.
   */
  #claims(): { readonly holder: LockHolder; readonly mtimeMs: number }[] {
    const claims: { holder: LockHolder; mtimeMs: number }[] = [];
    for (let path = this.#lock; ; ) {
      const found = readClaim(path);
      if (found === undefined) return claims;
      const { holder, mtimeMs } = found;
      if (holder === undefined) throw this.#noLock(path);
      claims.push({ holder, mtimeMs });
      path = this.#claimOn(holder);
    }
  }

  #claimOn({ token }: LockHolder): string {
    return join(this.#directory, `lock-${token}`);
  }

  /** Removes what processes left that died while they took the lock. */
  #clean(now: number): void {
    for (const name of readdirSync(this.#directory)) {
      const path = join(this.#directory, name);
      if (name === 'lock' || !isLockFile(name)) continue;
      const { mtimeMs = now } = statSync(path, { throwIfNoEntry: false }) ?? {};
      if (now - mtimeMs > silenceLimit * 1000) rmSync(path, { force: true });
    }
  }

  #beat(): void {
    try {
      this.check();
      // Written, not touched: on a network the server's clock then dates it, and the reader's file
      // too.
      const file = openSync(this.#lock, 'r+');
      withCleanupSync(
        () => {
          writeSync(file, '{', 0);
        },
        () => closeSync(file),
      );
    } catch {
      // A disk that answers again shows the next one; a lost lock is reported at the next check.
    }
  }

  #loss(): RunLockLostError | undefined {
    let holder: LockHolder | undefined;
    try {
      holder = readClaim(this.#lock)?.holder;
    } catch {
      // A file that cannot be read now is not lost.
      return undefined;
    }
    if (holder?.token === this.#holder.token) return undefined;
    const there = statSync(this.#directory, { throwIfNoEntry: false }) !== undefined;
    const found = !there
      ? 'which was removed or moved away'
      : holder === undefined
        ? 'whose lock was removed or overwritten'
        : `which ${processOf(holder)} has taken over`;
    return new RunLockLostError(
      `run directory: expected that of this run until it ends, got ${this.#directory}, ${found}; nothing more is written to it`,
    );
  }

  #inUse(holder: LockHolder, silence: number): RunDirectoryError {
    const how = isVisible(holder)
      ? `stop that process first (kill ${holder.pid})`
      : `it runs in another container or on another machine and last showed a sign of life ${Math.max(0, Math.round(silence))} s ago: ` +
        `stop it, or if it is surely dead, wait until ${silenceLimit} s have passed or remove ${this.#lock}`;
    return new RunDirectoryError(
      `run directory: expected one that no other process uses, got ${this.#directory}, which ${processOf(holder)} holds since ${holder.since}; ${how}`,
    );
  }

  #noLock(path: string): RunDirectoryError {
    return new RunDirectoryError(
      `run directory: expected a lock that Weir has written, got ${path}, which says something else; if no process uses the directory, remove that file`,
    );
  }
}

function processOf({ pid, host }: LockHolder): string {
  return `process ${pid} on ${host}`;
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx');
  withCleanupSync(
    () => {
      writeSync(file, text);
      fsyncSync(file);
    },
    () => closeSync(file),
  );
}

/**
 * Gives a file a second name, unless the name is taken; a copy where the file system has no links.
 */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'].includes(systemCode(error) ?? ''))
      throw error;
  }
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** A lock or claim; without a holder where the file is none; undefined where there is no file. */
function readClaim(
  path: string,
): { readonly holder: LockHolder | undefined; readonly mtimeMs: number } | undefined {
  try {
    const status = lstatSync(path);
    // A pipe would never answer.
    const holder = status.isFile() ? parseHolder(readFileSync(path, 'utf8')) : undefined;
    return { holder, mtimeMs: status.mtimeMs };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { heartbeatSeconds, newHolder, silenceLimit } from '../../../src/base/index.ts';
import { RunDirectoryError, RunLock, RunLockLostError } from '../../../src/runs/index.ts';
import { lockText } from '../../support/made-up-run.ts';
import { smallDisk } from '../../support/small-disk.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();
const disk = smallDisk(join(root, 'disk'));
const racer = join(import.meta.dirname, '../../support/lock-racer.ts');
const taker = join(import.meta.dirname, '../../support/take-lock.ts');
const noProcess = 4194305;
const elsewhere = { ...newHolder(), boot: 'of another machine', host: 'far', pid: 77 };

let made = 0;
function folder(): string {
  const path = join(root, String(made++));
  mkdirSync(path);
  return path;
}

/** Makes the lock as old as `seconds` without a sign of life. */
function silent(path: string, seconds: number): void {
  const then = statSync(path).mtimeMs / 1000 - seconds;
  utimesSync(path, then, then);
}

describe('RunLock', () => {
  it.skipIf(disk === undefined)('leaves nothing where the disk is full', () => {
    disk!.fill();
    expect(() => RunLock.acquire(disk!.path)).toThrow(/ENOSPC/);
    expect(readdirSync(disk!.path)).toEqual(['ballast']);
    disk!.free();
    RunLock.acquire(disk!.path).release();
    expect(readdirSync(disk!.path)).toEqual([]);
  });

  it('names its holder, and leaves nothing behind', () => {
    const path = folder();
    const lock = RunLock.acquire(path);
    expect(readdirSync(path)).toEqual(['lock']);
    const { pid, host, since, token } = JSON.parse(readFileSync(join(path, 'lock'), 'utf8'));
    expect({ pid, host }).toEqual({ pid: process.pid, host: newHolder().host });
    expect(() => RunLock.acquire(path)).toThrow(
      `which process ${pid} on ${host} holds since ${since}; stop that process first (kill ${pid})`,
    );
    lock.check();
    lock.release();
    expect(readdirSync(path)).toEqual([]);
    expect(token).toMatch(/^[\w-]{36}$/);
  });

  it.each([
    ['a process that is gone', lockText(noProcess), 0],
    ['a process whose number another one has by now', lockText({ ...newHolder(), began: '1' }), 0],
    ['a process elsewhere that is silent', lockText(elsewhere), silenceLimit + 1],
  ])('takes over the lock of %s', (_, text, silence) => {
    const path = folder();
    writeFileSync(join(path, 'lock'), text);
    silent(join(path, 'lock'), silence);
    const lock = RunLock.acquire(path);
    expect(readdirSync(path)).toEqual(['lock']);
    lock.check();
    lock.release();
  });

  it('leaves a lock alone whose holder lives elsewhere, and says how to go on', () => {
    const path = folder();
    writeFileSync(join(path, 'lock'), lockText(elsewhere));
    silent(join(path, 'lock'), silenceLimit - 10);
    expect(() => RunLock.acquire(path)).toThrow(
      `which process 77 on far holds since ${elsewhere.since}; it runs in another container or on another machine and last showed ` +
        `a sign of life 50 s ago: stop it, or if it is surely dead, wait until 60 s have passed or remove ${join(path, 'lock')}`,
    );
    expect(readdirSync(path)).toEqual(['lock']);
  });

  it.each(['1\n', '', '{"pid":1}', '[]', 'null', JSON.stringify({ ...newHolder(), token: '../x' })])(
    'takes %j for no lock of its own, and says how to go on',
    (text) => {
      const path = folder();
      writeFileSync(join(path, 'lock'), text);
      const refusal = `expected a lock that Weir has written, got ${join(path, 'lock')}, which says something else; if no process uses the directory, remove that file`;
      expect(() => RunLock.acquire(path)).toThrow(refusal);
      expect(() => RunLock.acquire(path)).toThrow(RunDirectoryError);
      expect(readdirSync(path)).toEqual(['lock']);
    },
  );

  it.runIf(process.platform !== 'win32')('does not wait for a pipe of that name', () => {
    const path = folder();
    spawnSync('mkfifo', [join(path, 'lock')]);
    expect(() => RunLock.acquire(path)).toThrow('which says something else');
  });

  it('goes on where a process died while it took over', () => {
    const path = folder();
    const [first, second] = [
      { ...newHolder(), pid: noProcess },
      { ...newHolder(), pid: noProcess },
    ];
    writeFileSync(join(path, 'lock'), lockText(first));
    writeFileSync(join(path, `lock-${first.token}`), lockText(second));
    writeFileSync(join(path, `lock-${second.token}.tmp`), lockText(second));
    silent(join(path, `lock-${second.token}.tmp`), silenceLimit + 1);
    const lock = RunLock.acquire(path);
    expect(readdirSync(path)).toEqual(['lock']);
    lock.release();
  });

  it('gives a sign of life every few seconds until it is released, and none for a lock that is lost', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const path = folder();
      const file = join(path, 'lock');
      const lock = RunLock.acquire(path);
      const text = readFileSync(file, 'utf8');
      const fresh = () => statSync(file).mtimeMs > Date.now() - 60_000;
      silent(file, 3600);
      vi.advanceTimersByTime(heartbeatSeconds * 1000);
      expect(fresh()).toBe(true);
      expect(readFileSync(file, 'utf8')).toBe(text);
      writeFileSync(file, lockText(elsewhere));
      silent(file, 3600);
      vi.advanceTimersByTime(heartbeatSeconds * 1000);
      expect(fresh()).toBe(false);
      expect(lock.lost).toBeInstanceOf(RunLockLostError);
      lock.release();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('leaves what others write at this moment', () => {
    const path = folder();
    writeFileSync(join(path, 'lock-of-another.tmp'), '');
    const lock = RunLock.acquire(path);
    expect(readdirSync(path).sort()).toEqual(['lock', 'lock-of-another.tmp']);
    lock.release();
  });

  it('waits for nobody who takes over at this moment', () => {
    const path = folder();
    const dead = { ...newHolder(), pid: noProcess };
    writeFileSync(join(path, 'lock'), lockText(dead));
    writeFileSync(join(path, `lock-${dead.token}`), lockText(newHolder()));
    expect(() => RunLock.acquire(path)).toThrow(`which process ${process.pid} on`);
  });

  it.each([
    ['removed', (path: string) => rmSync(join(path, 'lock')), 'whose lock was removed or overwritten'],
    [
      'overwritten',
      (path: string) => writeFileSync(join(path, 'lock'), '1\n'),
      'whose lock was removed or overwritten',
    ],
    [
      'taken over',
      (path: string) => writeFileSync(join(path, 'lock'), lockText(elsewhere)),
      'which process 77 on far has taken over',
    ],
    [
      'gone with its directory',
      (path: string) => rmSync(path, { recursive: true }),
      'which was removed or moved',
    ],
  ])('knows that it was %s, and leaves what is there alone', (_, happens, message) => {
    const path = folder();
    const lock = RunLock.acquire(path);
    happens(path);
    const there = existsSync(join(path, 'lock')) && readFileSync(join(path, 'lock'), 'utf8');
    expect(() => lock.check()).toThrow(message);
    expect(() => lock.check()).toThrow(RunLockLostError);
    lock.release();
    expect(existsSync(join(path, 'lock')) && readFileSync(join(path, 'lock'), 'utf8')).toBe(there);
  });

  it.each(['free', 'stale'])(
    'is had by one of two processes that try at the same moment, when it is %s',
    async (kind) => {
      const racers = [
        fork(racer, { execArgv: ['--import', 'tsx'] }),
        fork(racer, { execArgv: ['--import', 'tsx'] }),
      ];
      try {
        await Promise.all(racers.map(answer));
        for (let pair = 0; pair < 300; pair++) {
          const path = folder();
          if (kind === 'stale') writeFileSync(join(path, 'lock'), lockText(noProcess));
          const at = Date.now() + 2;
          const answers = await Promise.all(racers.map((child) => asked(child, { path, at })));
          const won = answers.filter((text) => text === 'won').length;
          expect(answers).toContain('won');
          expect(won, answers.join('\n')).toBe(1);
          expect(answers.find((text) => text !== 'won')).toContain('expected one that no other process uses');
          await Promise.all(racers.map((child) => asked(child, { at })));
          expect(readdirSync(path)).toEqual([]);
        }
      } finally {
        for (const child of racers) child.disconnect();
      }
    },
  );

  const apart = ['--pid', '--fork', '--kill-child', '--mount-proc'];
  const permitted = spawnSync('unshare', [...apart, 'true']).status === 0;
  it.runIf(permitted)('holds against a process that numbers processes otherwise', async () => {
    const path = folder();
    const command = [process.execPath, '--import', 'tsx', taker, path];
    const container = spawn('unshare', [...apart, ...command, 'hold'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [first] = await once(container.stdout, 'data');
      expect(String(first)).toBe('won\n');
      expect(() => RunLock.acquire(path)).toThrow('it runs in another container or on another machine');
      const second = spawnSync('unshare', [...apart, ...command], { encoding: 'utf8' });
      expect(second.stdout).toContain('it runs in another container or on another machine');
    } finally {
      container.kill('SIGKILL');
      await once(container, 'close');
    }
    expect(() => RunLock.acquire(path)).toThrow('last showed a sign of life');
    silent(join(path, 'lock'), silenceLimit + 1);
    RunLock.acquire(path).release();
  });
});

async function asked(child: ChildProcess, question: object): Promise<string> {
  const answered = answer(child);
  child.send(question);
  return answered;
}

async function answer(child: ChildProcess): Promise<string> {
  const [text] = await once(child, 'message');
  return text;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isHeld, isVisible, newHolder, parseHolder, silenceLimit } from '../../src/base/index.ts';

const own = newHolder();
const linux = process.platform === 'linux';

describe('newHolder', () => {
  it('is this process, under a token of its own each time', () => {
    expect(own.pid).toBe(process.pid);
    expect(newHolder().token).not.toBe(own.token);
    expect({ ...newHolder(), token: '', since: '' }).toEqual({ ...own, token: '', since: '' });
  });

  it.runIf(linux)('tells kernel, namespace and beginning', () => {
    expect(own.boot).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    expect(own.pidNamespace).toMatch(/^pid:\[\d+\]$/);
    expect(own.began).toMatch(/^\d+$/);
  });
});

describe('parseHolder', () => {
  it('gives back what was written', () => {
    expect(parseHolder(JSON.stringify(own))).toEqual(own);
  });

  it.each(['', '1', 'null', '[]', '{', '"lock"', '{"pid":1}'])('knows that %j is no lock', (text) => {
    expect(parseHolder(text)).toBe(undefined);
  });

  it.each([
    { token: 'a/b' },
    { token: '' },
    { token: 5 },
    { pid: 0 },
    { pid: 1.5 },
    { pid: '1' },
    { host: null },
    { since: 1 },
    { boot: 1 },
    { pidNamespace: {} },
    { began: 3 },
  ])('refuses %j', (wrong) => {
    expect(parseHolder(JSON.stringify({ ...own, ...wrong }))).toBe(undefined);
  });
});

describe('isHeld', () => {
  it('looks at the process where it can, however long it is silent', () => {
    expect(isVisible(own)).toBe(true);
    expect(isHeld(own, 1e6)).toBe(true);
    expect(isHeld({ ...own, pid: 4194305 }, 0)).toBe(false);
    expect(isHeld({ ...own, began: '1' }, 0)).toBe(!linux);
  });

  it('knows a process of another user', () => {
    const { began: _, ...unknown } = own;
    expect(isHeld({ ...unknown, pid: 1 }, 1e6)).toBe(true);
  });

  it.each([{ boot: 'another' }, { pidNamespace: 'pid:[1]' }])(
    'goes by the signs of life where it cannot: %j',
    (elsewhere) => {
      if (!linux) return;
      const holder = { ...own, ...elsewhere };
      expect(isVisible(holder)).toBe(false);
      expect(isHeld(holder, silenceLimit)).toBe(true);
      expect(isHeld(holder, silenceLimit + 1)).toBe(false);
    },
  );

  it('does not see a process of a machine that says nothing of itself', () => {
    const { boot: _, pidNamespace: __, ...bare } = own;
    expect(isVisible({ ...bare, host: 'another' })).toBe(false);
    expect(isVisible(bare)).toBe(!linux);
  });

  it.runIf(linux)('knows a process that has ended and that its parent has not asked for', async () => {
    // The shell becomes a program that asks for no child before its child ends: a shell might ask
    // for it.
    const parent = spawn('sh', ['-c', 'exec 3<&0; cat <&3 >&2 & echo $!; exec tail -f /dev/null'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    try {
      const pid = Number((await once(parent.stdout, 'data'))[0]);
      const { began: _, ...unknown } = own;
      const stat = (of: number) => readFileSync(`/proc/${of}/stat`, 'utf8').split(' ');
      await expect.poll(() => stat(parent.pid!)[1]).toBe('(tail)');
      parent.stdin.end();
      await expect.poll(() => stat(pid)[2]).toBe('Z');
      expect(isHeld({ ...unknown, pid }, 0)).toBe(false);
    } finally {
      parent.kill();
    }
  });
});

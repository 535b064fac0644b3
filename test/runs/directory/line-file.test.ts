import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAppendFile } from '../../../src/runs/directory/append-file.ts';
import { LineFile, type LineFileOptions, type WriteTrouble } from '../../../src/runs/directory/line-file.ts';
import { scratchFolder } from '../../support/weir.ts';
import { FailingDisk } from '../../telemetry/failing-append-file.ts';

const folder = scratchFolder();
let files = 0;

function opened(options: LineFileOptions = {}, before = '') {
  const path = join(folder, `${files++}`);
  if (before !== '') writeFileSync(path, before);
  const disk = new FailingDisk();
  const clock = { time: 0 };
  const troubles: WriteTrouble[] = [];
  const onTrouble = (trouble: WriteTrouble) => void troubles.push(trouble);
  const lines = new LineFile(path, { open: disk.open, now: () => clock.time, onTrouble, ...options });
  return { path, disk, clock, troubles, lines, text: () => readFileSync(path, 'utf8') };
}

describe('LineFile', () => {
  it('writes what a full disk did not take, when there is room again', () => {
    const { lines, disk, text, troubles } = opened();
    lines.write('one');
    disk.room = 2;
    expect(lines.write('two')).toBe(true);
    // What was written of the line is cut off at once.
    expect(text()).toBe('one\n');
    expect(lines.unwritten).toBe(1);
    lines.write('three');
    disk.room = Infinity;
    expect(lines.flush()).toBe(true);
    expect(text()).toBe('one\ntwo\nthree\n');
    expect(lines.unwritten).toBe(0);
    expect(troubles).toEqual([
      { kind: 'write-failed', message: 'ENOSPC: no space left on device, write' },
      { kind: 'write-recovered', lost: 0 },
    ]);
  });

  it('tries again by itself after two seconds, not at every line', () => {
    const { lines, disk, clock, text } = opened();
    disk.broken = 'append';
    for (let i = 0; i < 100; i++) lines.write(`${i}`);
    disk.broken = undefined;
    expect(disk.appends).toBe(0);
    clock.time = 1.9;
    lines.write('100');
    expect(text()).toBe('');
    clock.time = 2;
    lines.write('101');
    expect(text().trimEnd().split('\n')).toEqual(Array.from({ length: 102 }, (_, i) => `${i}`));
  });

  it('keeps a bounded number of lines, and tells how many more are lost', () => {
    const { lines, disk, clock, text, troubles } = opened({ keep: 12 });
    disk.broken = 'append';
    const kept = ['one', 'two', 'three', 'four', 'five'].map((line) => lines.write(line));
    expect(kept).toEqual([true, true, false, false, false]);
    expect(lines.unwritten).toBe(5);
    disk.broken = undefined;
    clock.time = 5;
    lines.write('six');
    expect(text()).toBe('one\ntwo\nsix\n');
    expect(troubles.at(-1)).toEqual({ kind: 'write-recovered', lost: 3 });
    expect(lines.unwritten).toBe(3);
  });

  it('begins a new line behind one that a crash has torn', () => {
    const { lines, text } = opened({}, 'one\ntw');
    lines.write('three');
    expect(text()).toBe('one\ntw\nthree\n');
  });

  it('mends a torn line later where it cannot be cut off at once', () => {
    const { lines, disk, text } = opened();
    disk.room = 2;
    disk.broken = 'truncate';
    lines.write('one');
    expect(text()).toBe('on');
    disk.room = Infinity;
    expect(lines.flush()).toBe(false);
    disk.broken = undefined;
    expect(lines.flush()).toBe(true);
    expect(text()).toBe('one\n');
  });

  it('touches nothing of what others do to the file meanwhile', () => {
    const { lines, disk, path, text } = opened();
    lines.write('one');
    disk.broken = 'append';
    lines.write('two');
    truncateSync(path, 2);
    disk.broken = undefined;
    lines.flush();
    expect(text()).toBe('on\ntwo\n');
    disk.broken = 'append';
    lines.write('x');
    appendFileSync(path, 'somebody else');
    disk.broken = undefined;
    lines.flush();
    expect(text()).toBe('on\ntwo\nsomebody else\nx\n');
  });

  it('takes a disk that takes nothing for a full one', () => {
    const open = (path: string) => ({ ...openAppendFile(path), append: () => 0 });
    const { lines } = opened({ open });
    expect(lines.write('one')).toBe(true);
    expect(lines.flush()).toBe(false);
    expect(() => lines.close()).toThrow('the disk takes no more');
  });

  it('closes the file also where lines are left, and says why they are', () => {
    const { lines, disk } = opened();
    disk.room = 0;
    lines.write('one');
    disk.broken = 'close';
    expect(() => lines.close()).toThrow('ENOSPC');
  });

  it('loses and tears no line, however the disk behaves', () => {
    const step = fc.oneof(
      fc.record({ room: fc.nat(20) }),
      fc.constant({ room: Infinity }),
      fc.record({ line: fc.string({ maxLength: 9 }).map((text) => JSON.stringify(text)) }),
      fc.constant({ flush: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { lines, disk, text } = opened({ gather: 8 });
        const written: string[] = [];
        for (const step of steps) {
          if ('room' in step) disk.room = step.room;
          else if ('flush' in step) lines.flush();
          else {
            written.push(step.line);
            lines.write(step.line);
          }
          const now = text();
          expect(written.map((line) => `${line}\n`).join('')).toContain(now);
          expect(now === '' || now.endsWith('\n')).toBe(true);
        }
        disk.room = Infinity;
        lines.close();
        expect(text()).toBe(written.map((line) => `${line}\n`).join(''));
      }),
    );
  });
});

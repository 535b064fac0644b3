import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LogTrouble, type RunEvent, rewindStepLog, StepLog } from '../../../src/runs/index.ts';
import { FailingDisk } from '../../telemetry/failing-append-file.ts';

const step = (index: number) => ({
  index,
  player: 'critic',
  seconds: 0.0123456,
  values: { loss: index / 2 },
});

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-log-'));
  path = join(folder, 'log.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(from: number, to: number): void {
  const log = new StepLog(path);
  for (let index = from; index < to; index++) log.write(step(index));
  log.close();
}

const lines = () => readFileSync(path, 'utf8').trimEnd().split('\n');

describe('StepLog', () => {
  it('writes one line of JSON for each event', () => {
    write(0, 2);
    expect(lines()).toEqual([
      '{"index":0,"player":"critic","seconds":0.01235,"loss":0}',
      '{"index":1,"player":"critic","seconds":0.01235,"loss":0.5}',
    ]);
  });

  it('goes on at the end of a log that is there', () => {
    write(0, 3);
    write(3, 5);
    expect(lines().map((line) => JSON.parse(line).index)).toEqual([0, 1, 2, 3, 4]);
  });

  it('has everything on disk after flush, before it is closed', () => {
    const log = new StepLog(path);
    log.write(step(0));
    expect(readFileSync(path, 'utf8')).toBe('');
    log.flush();
    expect(lines()).toHaveLength(1);
    log.close();
  });

  it('does not hold a long run in memory', () => {
    const log = new StepLog(path);
    for (let index = 0; index < 2_000; index++) log.write(step(index));
    expect(readFileSync(path, 'utf8').length).toBeGreaterThan(80_000);
    log.close();
    expect(lines()).toHaveLength(2_000);
  });

  it('writes what it has every two seconds, for whoever follows a slow run', () => {
    let time = 10;
    const log = new StepLog(path, { now: () => time });
    log.write(step(0));
    time = 11.9;
    log.write(step(1));
    expect(readFileSync(path, 'utf8')).toBe('');
    time = 12;
    log.write(step(2));
    expect(lines()).toHaveLength(3);
    log.write(step(3));
    expect(lines()).toHaveLength(3);
    log.close();
  });

  it('tells which steps are lost where memory did not suffice, and goes on behind them', () => {
    const disk = new FailingDisk();
    const troubles: LogTrouble[] = [];
    const onTrouble = (trouble: LogTrouble) => void troubles.push(trouble);
    const log = new StepLog(path, { open: disk.open, keep: 20_000, onTrouble });
    disk.room = 0;
    for (let index = 0; index < 1_000; index++) log.write(step(index));
    disk.room = Infinity;
    log.flush();
    log.write(step(1_000));
    log.close();
    const indices = lines().map((line) => JSON.parse(line).index);
    const kept = indices.length - 1;
    expect(indices).toEqual([...Array.from({ length: kept }, (_, i) => i), 1_000]);
    expect(log.unwritten).toBe(1_000 - kept);
    expect(troubles).toEqual([
      { kind: 'write-failed', message: expect.stringContaining('ENOSPC') },
      { kind: 'write-recovered', lost: 1_000 - kept, from: kept, to: 999 },
    ]);
  });

  it('has the step at which something happens, also where the log is thinned', () => {
    const log = new StepLog(path, { every: 10 });
    const happens: Record<number, RunEvent> = {
      3: { kind: 'checkpoint', index: 4, seconds: 1, bytes: 1, path: '' },
      5: { kind: 'alert', index: 6, rule: '', severity: 'warning', message: '' },
      10: { kind: 'alert', index: 11, rule: '', severity: 'warning', message: '' },
      16: { kind: 'ended', index: 17, ended: 'stopped' },
    };
    for (let index = 0; index < 17; index++) {
      log.write(step(index));
      const event = happens[index];
      if (event !== undefined) log.onEvent(event);
    }
    log.close();
    expect(lines().map((line) => JSON.parse(line).index)).toEqual([0, 5, 10, 16]);
  });

  it('has the last step before a checkpoint on disk', async () => {
    const log = new StepLog(path, { every: 10 });
    for (let index = 0; index < 7; index++) log.write(step(index));
    await log.sync();
    expect(lines().map((line) => JSON.parse(line).index)).toEqual([0, 6]);
    log.close();
  });

  it('goes back to a step, with the lines that still wait', () => {
    const disk = new FailingDisk();
    const log = new StepLog(path, { open: disk.open, every: 3 });
    for (let index = 0; index < 4; index++) log.write(step(index));
    log.flush();
    disk.room = 0;
    for (let index = 4; index < 20; index++) log.write(step(index));
    // At a step whose line still waits.
    log.rewind(9);
    disk.room = Infinity;
    for (let index = 9; index < 14; index++) log.write({ ...step(index), values: { loss: -1 } });
    log.rewind(13);
    for (let index = 13; index < 20; index++) log.write({ ...step(index), values: { loss: -2 } });
    log.close();
    const written = lines().map((line) => JSON.parse(line));
    expect(written.map(({ index }) => index)).toEqual([0, 3, 6, 9, 12, 15, 18]);
    expect(written.map(({ loss }) => loss)).toEqual([0, 1.5, 3, -1, -1, -2, -2]);
  });

  it('writes the same lines when it was closed and rewound meanwhile', () => {
    const players = ['critic', 'critic', 'generator'];
    const part = (from: number, to: number) => {
      rewindStepLog(path, from);
      const log = new StepLog(path, { every: 7 });
      for (let index = from; index < to; index++) log.write({ ...step(index), player: players[index % 3]! });
      log.close();
    };
    part(0, 100);
    const whole = lines();
    for (let cut = 0; cut < 100; cut += 9) {
      part(cut, 100);
      expect(lines()).toEqual(whole);
    }
  });

  it('says why it cannot be opened', () => {
    expect(() => new StepLog(join(folder, 'no', 'log.jsonl'))).toThrow('ENOENT');
  });
});

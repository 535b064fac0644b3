import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventLog, rewindEventLog } from '../../src/telemetry/index.ts';

const event = (index: number) => ({
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
  const log = new EventLog(path);
  for (let index = from; index < to; index++) log.write(event(index));
  log.close();
}

const lines = () => readFileSync(path, 'utf8').trimEnd().split('\n');

describe('EventLog', () => {
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
    const log = new EventLog(path);
    log.write(event(0));
    expect(readFileSync(path, 'utf8')).toBe('');
    log.flush();
    expect(lines()).toHaveLength(1);
    log.close();
  });

  it('does not hold a long run in memory', () => {
    const log = new EventLog(path);
    for (let index = 0; index < 2_000; index++) log.write(event(index));
    expect(readFileSync(path, 'utf8').length).toBeGreaterThan(80_000);
    log.close();
    expect(lines()).toHaveLength(2_000);
  });

  it('writes what it has every two seconds, for whoever follows a slow run', () => {
    let time = 10;
    const log = new EventLog(path, () => time);
    log.write(event(0));
    time = 11.9;
    log.write(event(1));
    expect(readFileSync(path, 'utf8')).toBe('');
    time = 12;
    log.write(event(2));
    expect(lines()).toHaveLength(3);
    log.write(event(3));
    expect(lines()).toHaveLength(3);
    log.close();
  });

  it('says why it cannot be opened', () => {
    expect(() => new EventLog(join(folder, 'no', 'log.jsonl'))).toThrow('ENOENT');
  });
});

describe('rewindEventLog', () => {
  it('cuts off the events from an index on', async () => {
    write(0, 100);
    await rewindEventLog(path, 40);
    expect(lines()).toHaveLength(40);
    write(40, 100);
    expect(lines().map((line) => JSON.parse(line).index)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('cuts off a line that a crash has torn', async () => {
    write(0, 3);
    appendFileSync(path, '{"index":3,"play');
    await rewindEventLog(path, 10);
    expect(lines().map((line) => JSON.parse(line).index)).toEqual([0, 1, 2]);
    expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true);
  });

  it('keeps what was told late, and only that', async () => {
    write(0, 5);
    const log = new EventLog(path);
    log.write({ index: 1, player: 'evaluation', seconds: 2, values: { fid: 3 } });
    log.write({ index: 4, player: 'evaluation', seconds: 2, values: { fid: 2 } });
    log.close();
    await rewindEventLog(path, 3);
    expect(lines().map((line) => JSON.parse(line).player)).toEqual([
      'critic',
      'critic',
      'critic',
      'evaluation',
    ]);
    expect(JSON.parse(lines()[3]!)).toMatchObject({ index: 1, fid: 3 });
  });

  it('leaves a log alone that ends before the index, and one that does not exist', async () => {
    write(0, 3);
    const before = readFileSync(path, 'utf8');
    await rewindEventLog(path, 3);
    expect(readFileSync(path, 'utf8')).toBe(before);
    await rewindEventLog(join(folder, 'none.jsonl'), 3);
  });
});

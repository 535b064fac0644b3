import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunEventLog, readRunEvents } from '../../../src/runs/index.ts';
import { scratchFolder } from '../../support/weir.ts';
import { FailingDisk } from '../../telemetry/failing-append-file.ts';

const folder = scratchFolder();

describe('RunEventLog', () => {
  it('keeps events with the time of day, and names in place of paths', async () => {
    const path = join(folder, 'events.jsonl');
    const log = new RunEventLog(path);
    log.onEvent({ kind: 'started', index: 0, steps: 10 });
    log.onEvent({ kind: 'samples', index: 5, path: '/some/where/step-5.png' });
    expect(await readRunEvents(path)).toEqual([
      { at: expect.stringMatching(/^\d{4}-.*Z$/), kind: 'started', index: 0, steps: 10 },
      { at: expect.any(String), kind: 'samples', index: 5, path: 'step-5.png' },
    ]);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
  });

  it('keeps what a full disk does not take, and writes it later', async () => {
    const path = join(folder, 'full.jsonl');
    const disk = new FailingDisk();
    const kinds: string[] = [];
    const log = new RunEventLog(path, { open: disk.open, onTrouble: ({ kind }) => kinds.push(kind) });
    log.onEvent({ kind: 'started', index: 0, steps: 10 });
    disk.room = 9;
    log.onEvent({ kind: 'asked', index: 1, action: 'pause' });
    log.onEvent({ kind: 'asked', index: 1, action: 'resume' });
    expect([log.unwritten, (await readRunEvents(path)).length]).toEqual([2, 1]);
    disk.room = Infinity;
    expect(log.flush()).toBe(true);
    expect(await readRunEvents(path)).toHaveLength(3);
    expect(kinds).toEqual(['write-failed', 'write-recovered']);
    log.close();
  });

  it('begins a new line behind one that a crash has torn', async () => {
    const path = join(folder, 'crashed.jsonl');
    appendFileSync(path, '{"at":"2026');
    const log = new RunEventLog(path);
    log.onEvent({ kind: 'started', index: 0, steps: 10 });
    log.close();
    expect(await readRunEvents(path)).toHaveLength(1);
  });

  it('says why it cannot be written', () => {
    expect(() => new RunEventLog(join(folder, 'no', 'events.jsonl'))).toThrow('ENOENT');
  });
});

describe('readRunEvents', () => {
  it('has none where there is no file, and leaves out what is torn', async () => {
    expect(await readRunEvents(join(folder, 'none'))).toEqual([]);
    const path = join(folder, 'torn');
    appendFileSync(path, '{"at":"2026-01-01T00:00:00.000Z","kind":"started","index":0,"steps":1}\n{"at":"20');
    expect(await readRunEvents(path)).toHaveLength(1);
  });
});

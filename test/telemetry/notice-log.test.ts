import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NoticeLog, readNotices } from '../../src/telemetry/index.ts';
import { scratchFolder } from '../support/weir.ts';

const folder = scratchFolder();

describe('NoticeLog', () => {
  it('keeps notices with the time of day, and names in place of paths', async () => {
    const path = join(folder, 'notices.jsonl');
    const log = new NoticeLog(path);
    log.notice({ kind: 'started', index: 0, steps: 10 });
    log.notice({ kind: 'samples', index: 5, path: '/some/where/step-5.png' });
    expect(await readNotices(path)).toEqual([
      { at: expect.stringMatching(/^\d{4}-.*Z$/), kind: 'started', index: 0, steps: 10 },
      { at: expect.any(String), kind: 'samples', index: 5, path: 'step-5.png' },
    ]);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
  });

  it('says why it cannot be written', () => {
    const log = new NoticeLog(join(folder, 'no', 'notices.jsonl'));
    expect(() => log.notice({ kind: 'started', index: 0, steps: 1 })).toThrow('ENOENT');
  });
});

describe('readNotices', () => {
  it('has none where there is no file, and leaves out what is torn', async () => {
    expect(await readNotices(join(folder, 'none'))).toEqual([]);
    const path = join(folder, 'torn');
    appendFileSync(path, '{"at":"2026-01-01T00:00:00.000Z","kind":"started","index":0,"steps":1}\n{"at":"20');
    expect(await readNotices(path)).toHaveLength(1);
  });
});

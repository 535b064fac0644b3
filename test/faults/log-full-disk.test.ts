import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRunEvents } from '../../src/runs/index.ts';
import { newestDigest, timelessLog } from '../support/run-files.ts';
import { smallDisk } from '../support/small-disk.ts';
import { scratchFolder, small, weirProcess } from '../support/weir.ts';

const folder = scratchFolder();
const disk = smallDisk(join(folder, 'disk'), '8m');
const steps = 3_000;
const options = [...small, '--steps', `${steps}`, '--quiet'];
const [plain, run] = [join(folder, 'plain'), join(folder, 'disk', 'run')];
const full = /log\.jsonl cannot be written \(ENOSPC/;

const report = () => JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'));

function expectWhole(): void {
  const lines = readFileSync(join(run, 'log.jsonl'), 'utf8').split('\n').slice(0, -1);
  expect(lines.map((line) => JSON.parse(line).index)).toEqual(Array.from({ length: steps }, (_, i) => i));
  expect(timelessLog(run)).toBe(timelessLog(plain));
  expect(newestDigest(run)).toBe(newestDigest(plain));
}

describe.skipIf(disk === undefined)('the log on a disk that fills up', () => {
  beforeAll(async () => {
    expect(await weirProcess('train', 'wgan', ...options, '--out', plain).finished).toMatchObject({
      code: 0,
    });
  });

  it('has every line when there is room again, as that of a run without trouble, and the run tells of it', async () => {
    disk!.fill(65_536);
    const { finished, said } = weirProcess(
      'train',
      'wgan',
      ...options,
      '--checkpoint-every',
      '3000',
      '--out',
      run,
    );
    await said(full);
    disk!.free();
    const { code, stderr } = await finished;
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/log\.jsonl is written again, no line is lost/);
    expectWhole();
    expect(report()).toMatchObject({ ended: 'finished', steps });
    expect(report()).not.toHaveProperty('unwritten');
    const events = await readRunEvents(join(run, 'events.jsonl'));
    expect(events.filter(({ kind }) => kind.startsWith('write-'))).toMatchObject([
      { kind: 'write-failed', file: 'log.jsonl' },
      { kind: 'write-recovered', file: 'log.jsonl', lost: 0 },
    ]);
  });

  it('ends with the third checkpoint where there is no room any more, and the run goes on when there is', async () => {
    disk!.clear();
    disk!.fill(65_536);
    const short = ['--checkpoint-every', '500'];
    const { code, stderr } = await weirProcess('train', 'wgan', ...options, ...short, '--out', run).finished;
    expect(code, stderr).toBe(2);
    expect(stderr).toMatch(full);
    expect(stderr).toMatch(
      /checkpoint-\d+\.safetensors: could not be written: the disk is full \(ENOSPC\)[^\n]*\n$/,
    );
    expect(readFileSync(join(run, 'log.jsonl'), 'utf8')).toMatch(/\}\n$/);
    disk!.free();
    const resumed = await weirProcess('resume', run, '--quiet').finished;
    expect(resumed.code, resumed.stderr).toBe(0);
    expectWhole();
    expect(report()).toMatchObject({ ended: 'finished', steps });
  });
});

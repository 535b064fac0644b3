import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { scratchFolder, small, weirProcess } from '../support/weir.ts';

const disk = join(scratchFolder(), 'disk');

function mount(): boolean {
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const mounted = mount();
if (!mounted) console.info('skipped: no small file system can be mounted here');
afterAll(() => {
  if (mounted) execFileSync('umount', [disk]);
});

describe.skipIf(!mounted)('a full disk', () => {
  it('refuses a start as a failure, which a supervisor repeats, and leaves nothing that is refused later', async () => {
    const [run, ballast] = [join(disk, 'start'), join(disk, 'ballast')];
    const start = () =>
      weirProcess('train', 'wgan', ...small, '--steps', '2', '--no-serve', '--out', run).finished;
    expect(() => writeFileSync(ballast, Buffer.alloc(4_000_000))).toThrow('ENOSPC');
    for (let i = 0; i < 2; i++) {
      const { code, stderr } = await start();
      expect(code, stderr).toBe(2);
      expect(stderr).toMatch(/^weir: run directory: expected one that can be made .* \(ENOSPC\)\n$/);
    }
    rmSync(ballast);
    expect(await start()).toMatchObject({ code: 0 });
    rmSync(run, { recursive: true });
  });

  it('ends a run after three failed checkpoints, leaves the last one good, and the run goes on when there is room', async () => {
    const run = join(disk, 'run');
    const size = [
      '--engine',
      'cpu',
      '--batch',
      '8',
      '--set',
      'width=96',
      '--set',
      'depth=1',
      '--log-every',
      '1000',
    ];
    const half = await weirProcess(
      'train',
      'wgan',
      ...size,
      '--steps',
      '10',
      '--checkpoint-every',
      '5',
      '--out',
      run,
    ).finished;
    expect(half).toMatchObject({ code: 0 });

    const ballast = join(disk, 'ballast');
    const free = Number(execFileSync('df', ['--output=avail', '-B1', disk]).toString().split('\n')[1]);
    writeFileSync(ballast, Buffer.alloc(free - 8_192));
    const full = await weirProcess('resume', run, '--steps', '60').finished;
    expect(full).toMatchObject({ code: 2 });
    expect(full.stderr).toMatch(/no checkpoint at step 15: .*the disk is full/i);
    expect(full.stderr).toMatch(
      /weir: .*checkpoint-0000000025.*the newest is checkpoint-0000000010\.safetensors/,
    );

    rmSync(ballast);
    expect(await weirProcess('resume', run, '--steps', '60').finished).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(run, 'report.json'), 'utf8'))).toMatchObject({
      startedAt: 10,
      steps: 60,
    });
  });
});

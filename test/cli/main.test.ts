import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../support/built.ts';
import { has, run } from '../support/programs.ts';
import { checkpointNames } from '../support/run-files.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();
const tiny = ['--engine', 'cpu', '--batch', '4', '--set', 'width=4', '--set', 'depth=1', '--no-serve'];
let entry: string;
beforeAll(async () => {
  entry = await buildProgram(root);
});

type Taker = 'kept' | 'closed' | 'full';

/**
 * Runs the program with outputs that are read, whose reader has gone, or that go to a full device.
 */
async function started(
  args: readonly string[],
  takers: { readonly stdout?: Taker; readonly stderr?: Taker },
) {
  const full = openSync('/dev/full', 'w');
  const { stdout = 'kept', stderr = 'kept' } = takers;
  const to = (taker: Taker) => (taker === 'full' ? full : 'pipe');
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: root,
    stdio: ['ignore', to(stdout), to(stderr)],
  });
  closeSync(full);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    if (takers[name] === 'closed') child[name]!.destroy();
    else child[name]?.on('data', (chunk) => (written[name] += chunk));
  }
  const code = await new Promise<number | string | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  );
  return { code, ...written };
}

const lostIn = (path: string) =>
  readFileSync(join(path, 'events.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ kind }) => kind === 'output-lost')
    .map(({ stream, code }) => `${stream} ${code}`);

describe('a run whose output nobody takes', () => {
  it.each([
    ['stderr', 'closed', 'EPIPE'],
    ['stdout', 'closed', 'EPIPE'],
    ['stderr', 'full', 'ENOSPC'],
    ['stdout', 'full', 'ENOSPC'],
  ] as const)('goes on to its end and notes it once: %s %s', async (stream, taker, code) => {
    const path = join(root, `${stream}-${taker}`);
    const args = ['train', 'wgan', ...tiny, '--steps', '20', '--json', '--out', path];
    const ended = await started(args, { [stream]: taker });
    expect(ended.code).toBe(0);
    expect(JSON.parse(readFileSync(join(path, 'report.json'), 'utf8'))).toMatchObject({ ended: 'finished' });
    expect(checkpointNames(path).at(-1)).toContain('0000000020');
    expect(existsSync(join(path, 'lock'))).toBe(false);
    expect(lostIn(path)).toEqual([`${stream} ${code}`]);
    if (stream === 'stdout') expect(ended.stderr).toContain(`weir: stdout: cannot be written (${code})`);
    else expect(JSON.parse(ended.stdout)).toMatchObject({ ended: 'finished' });
  });

  it('changes nothing in the directory of another run where its start is refused', async () => {
    const path = join(root, 'refused');
    await started(['train', 'wgan', ...tiny, '--steps', '2', '--out', path], {});
    const before = readFileSync(join(path, 'events.jsonl'), 'utf8');
    const again = await started(['train', 'wgan', ...tiny, '--out', path], { stderr: 'closed' });
    expect(again.code).toBe(1);
    expect(readFileSync(join(path, 'events.jsonl'), 'utf8')).toBe(before);
  });

  it.skipIf(!has('python3'))('stops in order when its terminal closes, and can be resumed', async () => {
    const path = join(root, 'hangup');
    const terminal = join(import.meta.dirname, '../support/closing-terminal.py');
    const endless = ['train', 'wgan', ...tiny, '--steps', '1000000', '--out', path];
    const { code } = await run('python3', [terminal, ' %', 'env', '_=', process.execPath, entry, ...endless]);
    expect(code).toBe(0);
    const { ended, steps } = JSON.parse(readFileSync(join(path, 'report.json'), 'utf8'));
    expect(ended).toBe('stopped');
    expect(checkpointNames(path).at(-1)).toContain(String(steps));
    expect(existsSync(join(path, 'lock'))).toBe(false);
    expect((await started(['resume', path, '--steps', String(steps + 2), '--no-serve'], {})).code).toBe(0);
  });

  it.skipIf(!has('python3'))('goes on to its end under nohup when its terminal closes', async () => {
    const path = join(root, 'nohup');
    const terminal = join(import.meta.dirname, '../support/closing-terminal.py');
    const some = ['train', 'wgan', ...tiny, '--steps', '3000', '--out', path];
    const nohup = ['env', '_=/usr/bin/nohup', process.execPath, entry];
    const { code } = await run('python3', [terminal, ' %', ...nohup, ...some]);
    expect(code).toBe(0);
    const { ended, steps } = JSON.parse(readFileSync(join(path, 'report.json'), 'utf8'));
    expect({ ended, steps }).toEqual({ ended: 'finished', steps: 3000 });
    expect(lostIn(path).sort()).toEqual(['stderr EIO', 'stdout EIO']);
  });
});

describe('a command that only prints', () => {
  it('ends without a word, as a process that SIGPIPE has killed, where its reader has gone', async () => {
    for (const args of [['list', '--json'], ['doctor'], ['--help']])
      expect(await started(args, { stdout: 'closed' })).toEqual({ code: 141, stdout: '', stderr: '' });
  });

  it('says that it could not be written elsewhere, and fails', async () => {
    const ended = await started(['list'], { stdout: 'full' });
    expect(ended).toEqual({ code: 2, stdout: '', stderr: 'weir: stdout: cannot be written (ENOSPC)\n' });
  });

  it('keeps the exit code of a refusal that nobody reads', async () => {
    for (const stderr of ['closed', 'full'] as const)
      expect(await started(['train', 'wgan-pg'], { stderr })).toMatchObject({ code: 1 });
  });

  it('keeps its exit code where only its progress is lost', async () => {
    expect(await started(['data', 'list'], { stderr: 'full' })).toMatchObject({ code: 0, stderr: '' });
  });
});

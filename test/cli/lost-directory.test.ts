import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newHolder } from '../../src/base/index.ts';
import { lockText } from '../support/made-up-run.ts';
import { checkpointNames } from '../support/run-files.ts';
import { scratchFolder, small, weirProcess } from '../support/weir.ts';

const root = scratchFolder();
const elsewhere = { ...newHolder(), boot: 'of another machine', host: 'far', pid: 77 };

/**
 * Trains until `happens` has happened after the first checkpoint, and a step of the loop later must
 * end.
 */
async function trainUntil(run: string, happens: () => void) {
  const { child, finished, until } = weirProcess(
    'train',
    'wgan',
    ...small,
    '--steps',
    '10000000',
    '--checkpoint-every',
    '200',
    '--out',
    run,
    '--no-serve',
  );
  await until(() => checkpointNames(run).length > 0);
  // Stopped meanwhile, so that it sees what has happened and nothing in between.
  child.kill('SIGSTOP');
  happens();
  child.kill('SIGCONT');
  return finished;
}

describe('a run whose directory', () => {
  it('is removed while it goes on ends with an error, and does not make it again', async () => {
    const run = join(root, 'removed');
    const { code, stderr } = await trainUntil(run, () => {
      // At once: otherwise the run may find its lock gone, and its directory still there.
      renameSync(run, join(root, 'gone'));
      rmSync(join(root, 'gone'), { recursive: true, maxRetries: 5 });
    });
    expect(stderr).toContain(
      `expected that of this run until it ends, got ${run}, which was removed or moved away`,
    );
    expect(code).toBe(2);
    expect(existsSync(run)).toBe(false);
  });

  it('is made again by others ends with an error, and leaves theirs alone', async () => {
    const run = join(root, 'again');
    const { code, stderr } = await trainUntil(run, () => {
      rmSync(run, { recursive: true, maxRetries: 5 });
      mkdirSync(run);
      writeFileSync(join(run, 'thesis.tex'), '');
    });
    expect(stderr).toContain('whose lock was removed or overwritten');
    expect(code).toBe(2);
    // A event or a picture of that very moment may still come.
    expect(readdirSync(run).filter((name) => !['events.jsonl', 'samples'].includes(name))).toEqual([
      'thesis.tex',
    ]);
  });

  it('is taken over ends with an error, and leaves the lock of the other', async () => {
    const run = join(root, 'taken');
    // Replaced whole, as a process does that takes it over: an empty lock is one overwritten.
    const theirs = join(root, 'theirs');
    writeFileSync(theirs, lockText(elsewhere));
    const { code, stderr } = await trainUntil(run, () => renameSync(theirs, join(run, 'lock')));
    expect(stderr).toContain('which process 77 on far has taken over; nothing more is written to it');
    expect(code).toBe(2);
    expect(JSON.parse(readFileSync(join(run, 'lock'), 'utf8'))).toEqual(elsewhere);
    expect(existsSync(join(run, 'report.json'))).toBe(false);
    expect(readFileSync(join(run, 'events.jsonl'), 'utf8')).not.toContain('"ended"');
  });
});

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseNpy } from '../../src/data/npy.ts';
import { smallDisk } from '../support/small-disk.ts';
import { scratchFolder, weir, weirProcess } from '../support/weir.ts';

const root = scratchFolder();
const run = join(root, 'run');
const disk = smallDisk(join(root, 'disk'), '4m');
const count = 3_000;

const sample = (...args: string[]) => weirProcess('sample', run, '--count', String(count), ...args);
const pictures = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.png')) : [];
const expectWhole = (folder: string) => {
  for (const name of pictures(folder))
    expect(PNG.sync.read(readFileSync(join(folder, name))), name).toMatchObject({ width: 16, height: 16 });
};

beforeAll(async () => {
  const set = ['--data', 'shapes:16', '--set', 'filters=2', '--steps', '2', '--no-serve', '--quiet'];
  expect(await weir('train', 'dcgan', ...set, '--out', run)).toMatchObject({ code: 0 });
});

describe('thousands of samples', () => {
  it('are whole files wherever the process is killed, and the same command goes on to the same files', async () => {
    const [killed, whole] = [join(root, 'killed'), join(root, 'whole')];
    const args = ['--format', 'png', '--out', killed];
    for (const more of [100, 700, 900]) {
      const before = pictures(killed).length;
      const { child, finished, until } = sample(...args);
      await until(() => pictures(killed).length >= before + more);
      child.kill('SIGKILL');
      await finished;
      expect(pictures(killed).length).toBeLessThan(count);
      expectWhole(killed);
    }
    expect(await sample(...args).finished).toMatchObject({ code: 0, stderr: '' });
    expect(await sample('--format', 'png', '--out', whole).finished).toMatchObject({ code: 0 });
    expect(readdirSync(killed).sort()).toEqual(readdirSync(whole).sort());
    for (const name of readdirSync(whole))
      expect(readFileSync(join(killed, name)).equals(readFileSync(join(whole, name))), name).toBe(true);
  });

  it('stop in order at a signal: exit code 2, nothing half-written, and it says what to do', async () => {
    const folder = join(root, 'stopped');
    const { child, finished, until } = sample('--format', 'png', '--out', folder);
    await until(() => pictures(folder).length >= 100);
    child.kill('SIGTERM');
    const { code, stderr } = await finished;
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'weir: sample: stopped by SIGTERM; the same command goes on\n',
    });
    expect(readdirSync(folder).filter((name) => !/^(\d{7}\.png|samples\.json)$/.test(name))).toEqual([]);
    expectWhole(folder);
  });

  it('are one array or none', async () => {
    const file = join(root, 'array/samples.npy');
    const begun = () =>
      existsSync(join(root, 'array')) &&
      readdirSync(join(root, 'array')).some((name) => statSync(join(root, 'array', name)).size > 500_000);
    const killed = sample('--out', file);
    await killed.until(begun);
    killed.child.kill('SIGKILL');
    await killed.finished;
    expect(existsSync(file)).toBe(false);
    for (const name of readdirSync(join(root, 'array'))) rmSync(join(root, 'array', name));
    const stopped = sample('--out', file);
    await stopped.until(begun);
    stopped.child.kill('SIGTERM');
    const { code, stderr } = await stopped.finished;
    expect([code, stderr]).toEqual([2, 'weir: sample: stopped by SIGTERM; nothing was written\n']);
    expect(readdirSync(join(root, 'array'))).toEqual([]);
    expect(await sample('--out', file).finished).toMatchObject({ code: 0 });
    expect(parseNpy(file, readFileSync(file)).shape).toEqual([count, 16, 16, 3]);
  });
});

describe.skipIf(disk === undefined)('a disk that fills up', () => {
  it('ends the command as a failure, with whole files, and it goes on where there is room', async () => {
    const folder = join(disk!.path, 'samples');
    disk!.fill(1_000_000);
    const full = await sample('--format', 'png', '--out', folder).finished;
    expect(full.code).toBe(2);
    expect(full.stderr).toBe(
      `weir: sample: ${folder} cannot be written (ENOSPC); files that are there are whole\n`,
    );
    const written = pictures(folder).length;
    expect(written).toBeGreaterThan(50);
    expect(written).toBeLessThan(count);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expectWhole(folder);
    disk!.free();
    const args = ['sample', run, '--count', String(written + 60), '--format', 'png', '--out', folder];
    expect(await weirProcess(...args).finished).toMatchObject({ code: 0 });
    expect(pictures(folder)).toHaveLength(written + 60);
    disk!.clear();
  });

  it('leaves nothing of an array or a card', async () => {
    disk!.fill(300_000);
    const array = await sample('--out', join(disk!.path, 'a.npy')).finished;
    expect([array.code, readdirSync(disk!.path)]).toEqual([2, ['ballast']]);
    mkdirSync(join(disk!.path, 'card'));
    disk!.free();
    disk!.fill(20_000);
    const card = await weirProcess('card', run, '--out', join(disk!.path, 'card')).finished;
    expect([card.code, readdirSync(disk!.path).sort()]).toEqual([2, ['ballast', 'card']]);
    expect(readdirSync(join(disk!.path, 'card'))).toEqual([]);
    expect(array.stderr + card.stderr).toContain('ENOSPC');
  });
});

import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuEngine } from '../../src/engine/index.ts';
import { evaluateGreedy } from '../../src/rl/index.ts';
import { loadRun, RunDirectory, RunDirectoryError } from '../../src/runs/index.ts';
import { scratchFolder, small, weir } from '../support/weir.ts';

const root = scratchFolder();
const gan = join(root, 'gan');
const agent = join(root, 'agent');

beforeAll(async () => {
  const evaluated = ['--evaluate-every', '5', '--samples', '50', '--keep-best', 'fid'];
  const steps = ['--steps', '12', '--checkpoint-every', '4', '--no-serve', '--quiet'];
  expect(await weir('train', 'wgan-gp', ...small, ...steps, ...evaluated, '--out', gan)).toMatchObject({
    code: 0,
  });
  const walk = ['train', 'cliff-walking-q', '--steps', '40', '--no-serve', '--quiet', '--out', agent];
  expect(await weir(...walk)).toMatchObject({ code: 0 });
});

/** All files of a folder with what is in them. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'latin1')]));
}

describe('loadRun', () => {
  it('gives the run of a GAN at its newest checkpoint, which samples as the run itself would', async () => {
    const run = await loadRun(gan, { kind: 'gan' });
    expect({ index: run.index, kind: run.kind, of: run.dataset.name }).toEqual({
      index: 12,
      kind: 'gan',
      of: 'grid25',
    });
    const file = join(gan, 'checkpoints/checkpoint-0000000004.safetensors');
    const [early, again] = [await loadRun(gan, { kind: 'gan', checkpoint: file }), await loadRun(gan)];
    expect(early.index).toBe(4);
    const drawn = await run.trainer.sample(8, 3);
    expect(again.kind === 'gan' && (await again.trainer.sample(8, 3)).data).toEqual(drawn.data);
    expect((await early.trainer.sample(8, 3)).data).not.toEqual(drawn.data);
    for (const opened of [run, early, again]) opened.close();
  });

  it('gives the best checkpoint where it is asked for', async () => {
    const run = await loadRun(gan, { kind: 'gan', best: true, engine: await cpuEngine() });
    expect([5, 10]).toContain(run.index);
    expect(run.engine.name).toBe('cpu');
    run.close();
  });

  it('gives an agent that acts', async () => {
    const { arena, index, close } = await loadRun(agent, { kind: 'agent', engine: 'cpu' });
    expect(index).toBe(40);
    expect((await evaluateGreedy(arena.make(), arena.actor, { episodes: 1 })).returns).toHaveLength(1);
    close();
  });

  it('writes nothing, and loads a run that another process has locked', async () => {
    const unlock = new RunDirectory(gan).lock();
    try {
      const before = contents(gan);
      for (const best of [false, true]) (await loadRun(gan, { best })).close();
      expect(contents(gan)).toEqual(before);
    } finally {
      unlock();
    }
  });

  it('says what it takes and what it got', async () => {
    const refused = async (path: string, options: Parameters<typeof loadRun>[1], message: string) => {
      const error = await loadRun(path, options).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(
        message.startsWith('best: expected without') ? RangeError : RunDirectoryError,
      );
      expect(String(error)).toContain(message);
    };
    await refused(root, {}, `expected the directory of a run, got ${root}, which has no config.yaml`);
    const file = join(gan, 'config.yaml');
    await refused(file, {}, `expected the directory of a run, got ${file}, which has no config.yaml`);
    await refused(
      gan,
      { kind: 'agent' },
      `expected the run of an agent, got ${gan}, where wgan-gp trains a GAN`,
    );
    await refused(agent, { kind: 'gan' }, 'expected the run of a GAN');
    await refused(agent, { best: true }, 'best: expected a run that keeps its best checkpoint, got');
    await refused(
      gan,
      { best: true, checkpoint: 'x' },
      'best: expected without the option checkpoint, got both',
    );
    await refused(
      gan,
      { checkpoint: 'none.safetensors' },
      'checkpoint: expected a file that can be read, got',
    );
    await expect(loadRun(gan, { engine: 'gpu' })).rejects.toThrow('engine: expected one of');
    const fresh = join(root, 'fresh');
    cpSync(gan, fresh, { recursive: true });
    rmSync(join(fresh, 'checkpoints'), { recursive: true });
    await refused(fresh, {}, `expected one with a checkpoint, got ${fresh}, which has none yet`);
  });

  it('goes back over a damaged checkpoint, and says so', async () => {
    const damaged = join(root, 'damaged');
    cpSync(gan, damaged, { recursive: true });
    writeFileSync(join(damaged, 'checkpoints/checkpoint-0000000012.safetensors'), 'no checkpoint');
    const warnings: string[] = [];
    const run = await loadRun(damaged, { warn: (message) => warnings.push(message) });
    expect(run.index).toBe(8);
    expect(warnings.join()).toContain('going back to step 8');
    run.close();
  });

  it('finds the data of a run from another working directory', async () => {
    const file = join(root, 'pixels.bin');
    writeFileSync(
      file,
      Uint8Array.from({ length: 64 * 16 * 16 }, (_, i) => (i * 7) % 256),
    );
    const tiny = ['--steps', '1', '--batch', '4', '--set', 'filters=4', '--engine', 'cpu', '--no-serve'];
    const entry = join(import.meta.dirname, '../../src/cli/main.ts');
    const command = ['train', 'dcgan', '--data', 'raw:pixels.bin,16x16x1', ...tiny, '--out', 'images'];
    const tsx = ['--import', import.meta.resolve('tsx'), entry];
    await promisify(execFile)(process.execPath, [...tsx, ...command], { cwd: root });
    const run = await loadRun(join(root, 'images'), { kind: 'gan' });
    expect(run.dataset.shape).toEqual([16, 16, 1]);
    run.close();
  });
});

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { take } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { grid25, shuffled } from '../../src/data/index.ts';
import { cpuEngine } from '../../src/engine/index.ts';
import { adam, mlpCritic, mlpGenerator, train, wganGp } from '../../src/models/index.ts';
import { listRuns, type Recording, RunDirectoryError, record } from '../../src/runs/index.ts';
import { nCritic, pump, Run } from '../../src/streams/index.ts';
import { scratchFolder, untilOrEnd, weir } from '../support/weir.ts';

const root = scratchFolder();
const project = join(import.meta.dirname, '../..');

/** Records a small GAN of its own making. */
async function recorded(dir: string, steps: number, more: Partial<Recording> = {}) {
  const [run, engine] = [new Run(), await cpuEngine()];
  const [critic, generator] = [mlpCritic({ width: 4 }), mlpGenerator({ width: 4, outputs: 2 })];
  const optimizers = { critic: adam({ rate: 1e-3 }), generator: adam({ rate: 1e-3 }) };
  const learner = train(wganGp({ critic, generator, latent: 2, optimizers }), engine, { seed: 7 });
  const events = () =>
    pump(shuffled(grid25(), { size: 8, seed: 7, start: learner.index }), run).pipe(
      nCritic(1),
      take(steps - learner.index),
      learner.learn(run.gate),
    );
  const config = { width: 4, size: 8, nested: { rates: [1e-3, 1e-3] } };
  const path = join(root, dir);
  const recording = { dir: path, name: 'mine', config, learner, steps, events, checkpointEvery: 5, ...more };
  return { path, learner, report: await record(run, recording) };
}

const last = (path: string) => {
  const folder = join(path, 'checkpoints');
  return readFileSync(join(folder, readdirSync(folder).sort().at(-1)!));
};

describe('record', () => {
  it('gives a script what a recipe has, and leaves the learner open', async () => {
    const kinds: string[] = [];
    const observer = { name: 'seen', onEvent: ({ kind }: { kind: string }) => void kinds.push(kind) };
    const { path, learner, report } = await recorded('whole', 12, { observers: [observer] });
    expect(report).toMatchObject({ recipe: 'mine', ended: 'finished', steps: 12, startedAt: 0 });
    expect(readdirSync(path).sort()).toEqual([
      'checkpoints',
      'config.json',
      'events.jsonl',
      'log.jsonl',
      'report.json',
      'samples',
    ]);
    expect(readFileSync(join(path, 'log.jsonl'), 'utf8').trim().split('\n')).toHaveLength(12);
    expect(kinds).toEqual(['started', 'checkpoint', 'checkpoint', 'checkpoint', 'ended']);
    expect((await learner.sample(3)).shape).toEqual([3, 2]);
    expect((await listRuns(root)).find(({ name }) => name === 'whole')).toMatchObject({
      recipe: 'mine',
      state: 'finished',
      done: 12,
    });
  });

  it('goes on with a run that its directory holds, to the same bytes', async () => {
    await recorded('parts', 7);
    const { path, report } = await recorded('parts', 12);
    expect(report).toMatchObject({ steps: 12, startedAt: 7 });
    expect(last(path)).toEqual(last((await recorded('at-once', 12)).path));
    await expect(recorded('parts', 12)).rejects.toThrow(
      'expected more than the 12 steps that the run has done',
    );
  });

  it('refuses the directory of another run by the name of what differs, and changes nothing', async () => {
    const { path } = await recorded('first', 5);
    const before = readFileSync(join(path, 'config.json'), 'utf8');
    const wider = recorded('first', 9, { config: { width: 5, size: 8, nested: { rates: [1e-3, 1e-3] } } });
    await expect(wider).rejects.toThrow(RunDirectoryError);
    await expect(wider).rejects.toThrow(
      `record: config.width: expected 4 as the run in ${path} began with, got 5`,
    );
    await expect(recorded('first', 9, { seed: 3 })).rejects.toThrow('record: seed: expected 0 as the run in');
    await expect(recorded('first', 9, { steps: 0 })).rejects.toThrow(
      'record: steps: expected a whole number from 1',
    );
    expect(readFileSync(join(path, 'config.json'), 'utf8')).toBe(before);
    expect(existsSync(join(path, 'lock'))).toBe(false);
  });

  it('is refused by the commands that need a recipe, which name the script', async () => {
    const { path } = await recorded('scripted', 5);
    for (const command of ['resume', 'sample', 'evaluate']) {
      const { code, stderr } = await weir(command, path);
      expect({ code, stderr }).toMatchObject({ code: 1 });
      expect(stderr).toContain(`got one that the script ${process.argv[1]} has recorded`);
    }
  });

  it('goes on after a kill, to the bytes of a run that was never killed', async () => {
    const tsx = ['--import', import.meta.resolve('tsx'), join(project, 'examples/recorded-gan.ts')];
    const env = { ...process.env, TSX_TSCONFIG_PATH: join(project, 'tsconfig.json') };
    const start = (cwd: string, steps: number) => {
      const child = spawn(process.execPath, [...tsx, `${steps}`], { cwd, env, stdio: 'ignore' });
      return {
        child,
        ended: new Promise<NodeJS.Signals | number | null>((resolve) =>
          child.once('exit', (code, signal) => resolve(signal ?? code)),
        ),
      };
    };
    const [killed, whole] = [mkdtempSync(join(root, 'k-')), mkdtempSync(join(root, 'w-'))];
    const { child, ended } = start(killed, 500);
    const saved = join(killed, 'runs/own/checkpoints/checkpoint-0000000100.safetensors');
    await untilOrEnd(child, () => existsSync(saved));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(existsSync(join(killed, 'runs/own/report.json'))).toBe(false);
    expect([await start(killed, 500).ended, await start(whole, 500).ended]).toEqual([0, 0]);
    expect(JSON.parse(readFileSync(join(killed, 'runs/own/report.json'), 'utf8')).startedAt).toBeGreaterThan(
      0,
    );
    expect(last(join(killed, 'runs/own'))).toEqual(last(join(whole, 'runs/own')));
  });
});

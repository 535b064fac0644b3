import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { take } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { grid25, shuffled } from '../../src/data/index.ts';
import { cpuEngine } from '../../src/engine/index.ts';
import { adam, mlpCritic, mlpGenerator, train, wganGp } from '../../src/models/index.ts';
import { findRecipe } from '../../src/recipes/index.ts';
import {
  listRuns,
  loadRun,
  type OpenExtension,
  RunDirectory,
  RunDirectoryError,
  readEvaluations,
  record,
  resumeRun,
  type ScriptRecording,
} from '../../src/runs/index.ts';
import { nCritic, pump, Run } from '../../src/streams/index.ts';
import { MetricRegistry, telemetry } from '../../src/telemetry/index.ts';
import { scratchFolder, untilOrEnd, weir } from '../support/weir.ts';

const root = scratchFolder();
const project = join(import.meta.dirname, '../..');

/** Records a small GAN of its own making. */
async function recorded(dir: string, steps: number, more: Partial<ScriptRecording> = {}) {
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
      'config.yaml',
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
  });

  it('gives the report of a run that has finished, with its learner restored', async () => {
    const { report } = await recorded('done', 12);
    const kinds: string[] = [];
    const observer = { name: 'seen', onEvent: ({ kind }: { kind: string }) => void kinds.push(kind) };
    const again = await recorded('done', 12, { observers: [observer] });
    expect(again.report).toEqual(report);
    expect([again.learner.index, kinds]).toEqual([12, []]);
    await expect(recorded('done', 7)).rejects.toThrow(
      new RangeError('steps: expected at least the 12 steps that the run has done, got 7'),
    );
    await expect(recorded('done', 15, { resume: false })).rejects.toThrow('which holds another run');
    expect((await recorded('done', 15)).report).toMatchObject({ startedAt: 12, steps: 15 });
  });

  it('locks the directory before it looks at the run in it', async () => {
    const { path } = await recorded('locked', 5);
    const unlock = new RunDirectory(path).lock();
    try {
      const other = { config: { width: 99 } };
      await expect(recorded('locked', 5, other)).rejects.toThrow(/which process \d+ on /);
    } finally {
      unlock();
    }
  });

  it('scores a run, keeps the best checkpoint, and stops when it gets no better', async () => {
    let scored = 0;
    const score = () => ({ recall: 1 / ++scored });
    const evaluation = { every: 2, keepBest: 'recall', stopAfter: 2, score };
    const { path, report } = await recorded('scored', 40, { evaluation });
    expect(report).toMatchObject({ ended: 'stopped', steps: 6 });
    expect(await readEvaluations(join(path, 'events.jsonl'))).toMatchObject([
      { index: 2, values: { recall: 1 } },
      { index: 4, values: { recall: 1 / 2 } },
      { index: 6, values: { recall: 1 / 3 } },
    ]);
    const best = await loadRun(path, { kind: 'script', best: true });
    expect(best.index).toBe(2);
  });

  it('opens extensions before the directory is made, gives them the report, and closes them', async () => {
    const order: string[] = [];
    const extension: OpenExtension = ({ directory }) => {
      order.push(`open ${existsSync(directory.path)}`);
      return {
        observers: [{ name: 'seen', close: () => void order.push('observer') }],
        onReport: ({ ended }) => order.push(`${ended}, locked ${directory.locked}`),
        close: () => order.push('close'),
      };
    };
    await recorded('extended', 3, { extensions: [extension] });
    expect(order).toEqual(['open false', 'observer', 'finished, locked true', 'close']);
    const refusing: OpenExtension = () => {
      throw new RangeError('port: expected a free one');
    };
    order.length = 0;
    await expect(recorded('refused', 3, { extensions: [extension, refusing] })).rejects.toThrow('a free one');
    expect(order).toEqual(['open false', 'observer', 'close']);
    expect(existsSync(join(root, 'refused'))).toBe(false);
  });

  it('rolls back by the policy of an alert, which needs telemetry', async () => {
    const onAlert = { NonFiniteValues: 'rollback' } as const;
    await expect(recorded('unwatched', 3, { onAlert })).rejects.toThrow(
      'onAlert: expected together with telemetry()',
    );
    expect(existsSync(join(root, 'unwatched'))).toBe(false);
    const registry = new MetricRegistry({ run: 'watched' });
    let ordered = false;
    const order: OpenExtension = ({ control }) => ({
      observers: [
        {
          name: 'order',
          onStep({ index }) {
            if (index === 8 && !ordered) control.rollBack('for a test', 6);
            ordered ||= index === 8;
          },
        },
      ],
    });
    const extensions = [telemetry({ registry }), order];
    const { report, learner } = await recorded('watched', 12, { onAlert, extensions, warn: () => {} });
    expect(report).toMatchObject({ ended: 'finished', steps: 12 });
    expect(learner.rateFactor).toBe(0.5);
    expect((await registry.scrape()).body).toContain('weir_rollbacks_total{run="watched"} 1');
  });

  it('records the run of a recipe, changed or not', async () => {
    const recipe = findRecipe('wgan-gp');
    const parts = { set: { width: 4, depth: 1 }, steps: 6, batch: 8, engine: 'cpu' };
    const dir = join(root, 'recipe');
    const report = await record(new Run(), { dir, recipe: 'wgan-gp', ...parts });
    expect(report).toMatchObject({ recipe: 'wgan-gp', data: 'grid25', ended: 'finished', steps: 6 });
    expect((await loadRun(dir, { kind: 'gan' })).index).toBe(6);
    const own = { ...recipe, name: 'wgan-gp-own' } as typeof recipe;
    const changed = join(root, 'changed');
    await record(new Run(), { dir: changed, recipe: own, ...parts });
    expect(new RunDirectory(changed).recorded()).toMatchObject({ recipe: own.name, script: process.argv[1] });
    await expect(loadRun(changed, { kind: 'gan' })).rejects.toThrow('or call loadRun(dir, { recipe })');
    const loaded = await loadRun(changed, { kind: 'gan', recipe: own });
    const { trainer } = await loadRun(dir, { kind: 'gan' });
    expect((await loaded.trainer.sample(3, 1)).data).toEqual((await trainer.sample(3, 1)).data);
    await expect(loadRun(changed, { recipe })).rejects.toThrow(
      'recipe: expected one of wgan-gp, got "wgan-gp-own"',
    );
    const longer = await resumeRun(changed, { recipe: own, steps: 8 });
    expect(longer).toMatchObject({ recipe: own.name, startedAt: 6, steps: 8 });
    expect(new RunDirectory(changed).recorded()).toMatchObject({ steps: 8, script: process.argv[1] });
    await expect(record(new Run(), { dir, recipe: 'wgan-gp', ...parts, batch: 16 })).rejects.toThrow(
      'batch: expected 8 as the run',
    );
    await expect(record(new Run(), { dir, recipe: 'wgan-gp', ...parts, steps: 0 })).rejects.toThrow(
      new RangeError('steps: expected a whole number from 1, got 0'),
    );
  });

  it.each([
    [
      { checkpontEvery: 5 },
      /^record: expected one of dir, .*"checkpontEvery"; did you mean checkpointEvery\?$/,
    ],
    [{ dir: undefined }, /^dir: expected the path of a directory, got undefined$/],
    [{ learner: {} }, /^learner: expected a learner such as a Trainer, got \{\}$/],
    [{ config: undefined }, /^config: expected an object, got undefined$/],
    [{ events: 3 }, /^events: expected a function, got 3$/],
    [{ evaluation: { evry: 2 } }, /^evaluation: expected one of every, .*; did you mean every\?$/],
    [{ recipe: 3 }, /^record: expected one of .*, got "name"/],
  ])('refuses what no compiler has checked: %j', async (wrong, message) => {
    await expect(recorded('unchecked', 3, wrong as object)).rejects.toThrow(message);
    expect(existsSync(join(root, 'unchecked'))).toBe(false);
  });

  it('refuses options of the run of a recipe that it does not know, and so do its companions', async () => {
    const dir = join(root, 'unknown');
    const start = (wrong: object) => record(new Run(), { dir, recipe: 'wgan-gp', ...wrong });
    await expect(start({ step: 3 })).rejects.toThrow('got "step"; did you mean steps?');
    await expect(start({ recipe: undefined })).rejects.toThrow(
      'recipe: expected a recipe, or the name of one',
    );
    await expect(start({ evaluation: { every: 2, score: ['fid'] } })).rejects.toThrow('did you mean scores?');
    await expect(record(undefined as never, { dir, recipe: 'wgan' })).rejects.toThrow(
      'record: run: expected a Run, got undefined',
    );
    expect(existsSync(dir)).toBe(false);
    await expect(resumeRun(dir, { step: 3 } as object)).rejects.toThrow('resumeRun: expected one of');
    await expect(loadRun(dir, { bets: true } as object)).rejects.toThrow('did you mean best?');
  });

  it('lets loadRun give the files of the run of a script, and its learner', async () => {
    const { path, learner } = await recorded('loadable', 5);
    const drawn = await learner.sample(3, 1);
    const run = await loadRun(path);
    expect(run).toMatchObject({ kind: 'script', index: 5, config: { recipe: 'mine', steps: 5 } });
    expect((await run.log()).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    const kinds = (await run.events()).map(({ kind }) => kind);
    expect([kinds[0], kinds.at(-1)]).toEqual(['started', 'ended']);
    const fresh = (await recorded('other', 1)).learner;
    await loadRun(path, { kind: 'script', learner: fresh });
    expect((await fresh.sample(3, 1)).data).toEqual(drawn.data);
    const script = `got one which the script ${process.argv[1]} has recorded`;
    await expect(loadRun(path, { kind: 'gan' })).rejects.toThrow(
      `expected the run of a GAN, got ${path}, ${script.slice('got one '.length)}`,
    );
    await expect(resumeRun(path)).rejects.toThrow(
      `${script}: start it again to go on, or call loadRun(dir, { learner }) in a script`,
    );
  });

  it('refuses the directory of another run by the name of what differs, and changes nothing', async () => {
    const { path } = await recorded('first', 5);
    const before = readFileSync(join(path, 'config.yaml'), 'utf8');
    const wider = recorded('first', 9, { config: { width: 5, size: 8, nested: { rates: [1e-3, 1e-3] } } });
    await expect(wider).rejects.toThrow(RunDirectoryError);
    await expect(wider).rejects.toThrow(`config.width: expected 4 as the run in ${path} began with, got 5`);
    await expect(recorded('first', 9, { seed: 3 })).rejects.toThrow('seed: expected 0 as the run in');
    await expect(recorded('first', 9, { steps: 0 })).rejects.toThrow('steps: expected a whole number from 1');
    expect(readFileSync(join(path, 'config.yaml'), 'utf8')).toBe(before);
    expect(existsSync(join(path, 'lock'))).toBe(false);
  });

  it('is refused by the commands that need a recipe, which name the script', async () => {
    const { path } = await recorded('scripted', 5);
    for (const command of ['resume', 'sample', 'evaluate']) {
      const { code, stderr } = await weir(command, path);
      expect({ code, stderr }).toMatchObject({ code: 1 });
      expect(stderr).toContain(
        `which the script ${process.argv[1]} has recorded: start it again to go on, or call loadRun(`,
      );
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

import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isLocked,
  isRun,
  lastChange,
  lastStep,
  listSamples,
  namesIn,
  readJson,
  readSample,
  readYaml,
} from '../../../src/runs/directory/run-files.ts';
import { readRunEvents } from '../../../src/runs/index.ts';
import { madeUpRun } from '../../support/made-up-run.ts';
import { scratchFolder } from '../../support/weir.ts';

const folder = scratchFolder();
const run = madeUpRun(join(folder, 'run'), { done: 2000, samples: 2 });

describe('readJson', () => {
  it('reads an object, and takes everything else for nothing', async () => {
    writeFileSync(join(folder, 'object.json'), '{"a":1}');
    expect(await readJson(join(folder, 'object.json'))).toEqual({ a: 1 });
    writeFileSync(join(folder, 'torn.json'), '{"a":');
    writeFileSync(join(folder, 'three.json'), '3');
    for (const name of ['torn.json', 'three.json', 'none.json'])
      expect(await readJson(join(folder, name))).toBeUndefined();
  });
});

describe('readYaml', () => {
  it('reads a mapping, and takes everything else for nothing', async () => {
    expect(await readYaml(join(run, 'config.yaml'))).toMatchObject({ recipe: 'wgan-gp' });
    writeFileSync(join(folder, 'torn.yaml'), '{"a":');
    writeFileSync(join(folder, 'three.yaml'), '3');
    writeFileSync(join(folder, 'large.yaml'), `a: 1${'\n'.repeat(1 << 17)}`);
    for (const name of ['torn.yaml', 'three.yaml', 'large.yaml', 'none.yaml'])
      expect(await readYaml(join(folder, name)), name).toBeUndefined();
  });
});

describe('isLocked', () => {
  it('asks whether the process that has the directory still lives', async () => {
    const locked = (lock: number) => isLocked(madeUpRun(join(folder, `lock-${lock}`), { done: 1, lock }));
    expect(await locked(process.pid)).toBe(true);
    expect(await locked(2 ** 30)).toBe(false);
    expect(await locked(-1)).toBe(false);
    expect(await isLocked(run)).toBe(false);
  });
});

describe('a run whose files are links or pipes', () => {
  const strange = join(folder, 'strange');
  mkdirSync(strange);
  for (const name of ['config.yaml', 'samples']) symlinkSync(join(run, name), join(strange, name));
  for (const name of ['lock', 'log.jsonl', 'report.json', 'events.jsonl'])
    spawnSync('mkfifo', [join(strange, name)]);

  it('shows nothing that lies elsewhere, and waits for nothing', async () => {
    expect(await readYaml(join(strange, 'config.yaml'))).toBeUndefined();
    expect(await readJson(join(strange, 'report.json'))).toBeUndefined();
    expect(await listSamples(strange)).toEqual([]);
    expect(await readSample(strange, 'step-00001000.png')).toBeUndefined();
    expect(await isLocked(strange)).toBe(false);
    expect(await lastStep(join(strange, 'log.jsonl'))).toBe(-1);
    expect(await readRunEvents(join(strange, 'events.jsonl'))).toEqual([]);
    expect(await isRun(strange)).toBe(false);
    expect(await lastChange([join(strange, 'log.jsonl'), join(strange, 'config.yaml')])).toBe(0);
    expect(await isRun(run)).toBe(true);
  });
});

describe('listSamples', () => {
  it('orders pictures by step, with their kind, and the last one last', async () => {
    const mixed = madeUpRun(join(folder, 'mixed'), { done: 20, samples: 2 });
    for (const name of ['final.png', 'value-00000015.png', 'notes.txt', '.hidden.png', 'a b.png'])
      writeFileSync(join(mixed, 'samples', name), 'x');
    mkdirSync(join(mixed, 'samples', 'folder.png'));
    symlinkSync('/etc/passwd', join(mixed, 'samples', 'secret.png'));
    expect((await listSamples(mixed)).map(({ name, kind, index }) => [name, kind, index])).toEqual([
      ['step-00000010.png', 'samples', 10],
      ['value-00000015.png', 'value', 15],
      ['step-00000020.png', 'samples', 20],
      ['final.png', 'samples', null],
    ]);
    expect(await listSamples(folder)).toEqual([]);
  });
});

describe('readSample', () => {
  it('reads what is listed and nothing else', async () => {
    expect(Buffer.from((await readSample(run, 'step-00001000.png'))!).toString('latin1', 1, 4)).toBe('PNG');
    for (const name of ['../config.yaml', '..', '', 'step-00001000.png/', '/etc/passwd'])
      expect(await readSample(run, name), name).toBeUndefined();
    expect(await readSample(join(folder, 'mixed'), 'secret.png')).toBeUndefined();
  });
});

describe('lastStep', () => {
  it('reads the last whole line, however long the log', async () => {
    expect(await lastStep(join(run, 'log.jsonl'))).toBe(1999);
    writeFileSync(join(folder, 'torn.jsonl'), '{"index":4,"player":"a","seconds":1}\n{"index":5,"pl');
    expect(await lastStep(join(folder, 'torn.jsonl'))).toBe(4);
    writeFileSync(join(folder, 'empty.jsonl'), '');
    expect(await lastStep(join(folder, 'empty.jsonl'))).toBe(-1);
    expect(await lastStep(join(folder, 'none.jsonl'))).toBe(-1);
  });
});

describe('namesIn', () => {
  it('has none where there is no folder', async () => {
    expect(await namesIn(join(folder, 'none'))).toEqual([]);
    expect(await namesIn(join(run, 'samples'))).toHaveLength(2);
  });
});

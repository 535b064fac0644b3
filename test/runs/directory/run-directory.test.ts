import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  freeRunDirectory,
  type RunConfig,
  RunDirectory,
  RunDirectoryError,
  RunLockLostError,
} from '../../../src/runs/index.ts';
import { lockText } from '../../support/made-up-run.ts';
import { smallConfig } from '../../support/run.ts';
import { smallDisk } from '../../support/small-disk.ts';
import { scratchFolder } from '../../support/weir.ts';

const config: RunConfig = smallConfig();

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'weir-run-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const disk = smallDisk(join(scratchFolder(), 'disk'));

describe('RunDirectory', () => {
  it.skipIf(disk === undefined)('names itself where the disk is full, and leaves nothing', () => {
    const directory = new RunDirectory(join(disk!.path, 'run'));
    mkdirSync(directory.path);
    disk!.fill();
    expect(() => directory.create(config)).toThrow(RunDirectoryError);
    expect(() => directory.create(config)).toThrow(`got ${directory.path} (ENOSPC)`);
    expect(readdirSync(directory.path)).toEqual([]);
    disk!.free();
    directory.create(config);
    disk!.fill();
    expect(() => directory.update({ ...config, steps: 20 })).toThrow(`got ${directory.path} (ENOSPC)`);
    expect(directory.config()).toEqual(config);
    disk!.free();
  });

  it('is made with its config and its folders, and reads the config back', () => {
    const directory = new RunDirectory(join(root, 'deep', 'run'));
    const unlock = directory.lock();
    directory.create(config);
    unlock();
    expect(readdirSync(directory.path).sort()).toEqual(['checkpoints', 'config.yaml', 'samples']);
    expect(directory.config()).toEqual(config);
    directory.update({ ...config, steps: 20 });
    expect(directory.config().steps).toBe(20);
    directory.report({ ended: 'finished' });
    expect(JSON.parse(readFileSync(join(directory.path, 'report.json'), 'utf8'))).toEqual({
      ended: 'finished',
    });
  });

  it('refuses a directory that holds another run and leaves it as it was', () => {
    const directory = new RunDirectory(root);
    directory.create(config);
    expect(() => new RunDirectory(root).create({ ...config, seed: 2 })).toThrow(/which holds another run/);
    expect(directory.config().seed).toBe(1);
  });

  it('refuses a directory with anything else in it', () => {
    writeFileSync(join(root, 'thesis.tex'), '');
    expect(() => new RunDirectory(root).create(config)).toThrow(/which is not empty \(thesis.tex\)/);
    expect(readdirSync(root)).toEqual(['thesis.tex']);
  });

  it.each([
    ['before its config was in place', () => writeFileSync(join(root, 'config.yaml.77.tmp'), '{"weir"')],
    ['while it took the lock', () => writeFileSync(join(root, 'lock-77.tmp'), '')],
    ['with the lock', () => writeFileSync(join(root, 'lock'), lockText(4194305))],
  ])('begins where another process has died %s', (_, happened) => {
    happened();
    const directory = new RunDirectory(root);
    directory.lock();
    directory.create(config);
    expect(directory.config()).toEqual(config);
  });

  it('is a run as soon as its config is there, and gets what is missing when it goes on', () => {
    writeFileSync(join(root, 'config.yaml'), JSON.stringify(config));
    const directory = new RunDirectory(root);
    expect(directory.config()).toEqual(config);
    writeFileSync(join(root, 'report.json.77.tmp'), '');
    directory.restoreOrder();
    expect(readdirSync(root).sort()).toEqual(['checkpoints', 'config.yaml', 'samples']);
  });

  it('refuses a path that cannot be a directory', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => new RunDirectory(join(root, 'file', 'run')).lock()).toThrow(RunDirectoryError);
  });

  it.each([
    ['nothing', () => {}, 'which has no config.yaml'],
    [
      'half a config',
      (path: string) => writeFileSync(join(path, 'config.yaml'), '{"recipe"'),
      ':1:10: expected YAML 1.2 or JSON, got text with a fault: ',
    ],
    [
      'a list',
      (path: string) => writeFileSync(join(path, 'config.yaml'), '[]'),
      'the config: expected a mapping of options, got []',
    ],
    [
      'another config',
      (path: string) => writeFileSync(join(path, 'config.yaml'), '{"steps":3}'),
      'weir: expected a value, got none',
    ],
  ])('does not take a directory with %s for a run', (_, fill, message) => {
    fill(root);
    expect(() => new RunDirectory(root).config()).toThrow(message);
  });

  it('belongs to one process at a time, and to nobody after a crash', () => {
    const directory = new RunDirectory(root);
    const unlock = directory.lock();
    expect(JSON.parse(readFileSync(join(root, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    expect(() => new RunDirectory(root).lock()).toThrow(/which process \d+ on .* holds since/);
    unlock();
    expect(existsSync(join(root, 'lock'))).toBe(false);
    writeFileSync(join(root, 'lock'), lockText(4194305));
    directory.lock()();
  });

  it('says that it was lost when its lock is gone or it is gone itself', () => {
    const directory = new RunDirectory(join(root, 'run'));
    directory.check();
    const unlock = directory.lock();
    directory.check();
    expect(directory.lost).toBe(false);
    rmSync(directory.path, { recursive: true });
    expect(() => directory.check()).toThrow(RunLockLostError);
    expect(directory.lost).toBe(true);
    expect(directory.held).toBe(false);
    unlock();
    // Nothing is held any more, so nothing can be lost.
    expect([directory.lost, directory.held]).toEqual([false, true]);
  });
});

describe('freeRunDirectory', () => {
  it('is the first number that is free', () => {
    expect(freeRunDirectory(root, 'wgan').path).toBe(join(root, 'wgan-1'));
    mkdirSync(join(root, 'wgan-1'));
    mkdirSync(join(root, 'wgan-2'));
    expect(freeRunDirectory(root, 'wgan').path).toBe(join(root, 'wgan-3'));
  });
});

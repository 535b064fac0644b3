import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ConfigFileError,
  RunDirectory,
  readConfigFile,
  readRecording,
  record,
} from '../../../src/runs/index.ts';
import { Run } from '../../../src/streams/index.ts';
import { scratchFolder } from '../../support/weir.ts';

const root = scratchFolder();
const file = (text: string) => {
  const path = join(root, 'c.yaml');
  writeFileSync(path, text);
  return path;
};

describe('readConfigFile', () => {
  it('gives a script what record takes', async () => {
    const text =
      'recipe: wgan-gp\ndata: ring8\nengine: cpu # slow\nsteps: 2\nbatch: 4\noptions: {width: 4}\n';
    const dir = join(root, 'run');
    const path = file(`${text}evaluation: {every: 1, scores: [modes], samples: 10}\n`);
    await record(new Run(), { dir, ...readRecording(path), warn: () => {} });
    const config = new RunDirectory(dir).config();
    expect(config).toMatchObject({ steps: 2, batch: 4, options: { width: 4 }, evaluation: { every: 1 } });
    expect(readFileSync(join(dir, 'config.yaml'), 'utf8')).toContain('engine: cpu # slow\n');
  });

  it('refuses for a script what record would lack', () => {
    expect(() => readRecording(file('steps: 2\n'))).toThrow('c.yaml:1:1: recipe: expected a value, got none');
    expect(() => readRecording(file('recipe: gan\nevaluation:\n  samples: 20\n'))).toThrow(
      'c.yaml:3:3: evaluation.every: expected a value, got none',
    );
  });

  it('knows where a value stands, and where none does', () => {
    const { placeOf } = readConfigFile(file('recipe: gan\noptions:\n  width: 4\n'));
    expect(placeOf(['options', 'width'])).toBe(`${join(root, 'c.yaml')}:3:10`);
    expect(placeOf(['options', 'depth'])).toBeUndefined();
    expect(placeOf(['steps'])).toBeUndefined();
    expect(placeOf(['constructor'])).toBeUndefined();
  });

  it('takes a recipe that is named elsewhere, and checks hyper-parameters by it', () => {
    const path = file('options:\n  width: 0\n');
    expect(() => readConfigFile(path, { recipe: 'gan' })).toThrow(ConfigFileError);
    expect(() => readConfigFile(path, { recipe: 'gan' })).toThrow(
      `${path}:2:10: options.width: expected a whole number from 1 to 8192, got 0`,
    );
    expect(readConfigFile(path).values.options).toEqual({ width: 0 });
    expect(() => readConfigFile(path, { recipe: 'gna' })).toThrow('recipe: expected one of');
  });

  it('takes keys of its caller, and refuses them elsewhere', () => {
    const path = file('recipe: gan\nout: here\n');
    const more = { out: { rule: { type: 'text' } } } as const;
    expect(readConfigFile<{ out: string }>(path, { more }).values.out).toBe('here');
    expect(() => readConfigFile(path)).toThrow(`${path}:2:1: key: expected one of`);
  });
});

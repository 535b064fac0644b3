import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RunDirectory, record, resumeRun } from '../../src/runs/index.ts';
import { Run } from '../../src/streams/index.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();
const recording = {
  recipe: 'wgan-gp',
  data: 'shapes:16,flip,crop=2',
  engine: 'cpu',
  batch: 4,
  steps: 4,
  set: { filters: 2, latent: 2 },
  warn: () => {},
} as const;
const weights = (dir: string, report: { readonly checkpoint?: string }) =>
  readFileSync(report.checkpoint ?? join(dir, 'none')).toString('base64');

it('gives the same run to the bit with threads that read ahead, which a resume may change', async () => {
  const run = async (name: string, decodeWorkers?: number) => {
    const dir = join(root, name);
    const report = await record(new Run(), { ...recording, dir, ...(decodeWorkers && { decodeWorkers }) });
    expect(report.dataSeconds).toBeGreaterThan(0);
    expect(new RunDirectory(dir).config().decodeWorkers).toBe(decodeWorkers);
    return { dir, weights: weights(dir, report) };
  };
  const [plain, ahead] = [await run('plain'), await run('ahead', 2)];
  expect(ahead.weights).toBe(plain.weights);
  const options = { steps: 6, warn: () => {} };
  const more = await resumeRun(plain.dir, { ...options, decodeWorkers: 1 });
  const less = await resumeRun(ahead.dir, { ...options, decodeWorkers: 0 });
  expect(weights(plain.dir, more)).toBe(weights(ahead.dir, less));
});

it('refuses threads for an agent, and numbers against the rule', async () => {
  const dir = join(root, 'refused');
  await expect(record(new Run(), { recipe: 'frozen-lake-q', dir, decodeWorkers: 1 })).rejects.toThrow(
    'decodeWorkers: expected none for recipe frozen-lake-q, which reads no data, got 1',
  );
  await expect(record(new Run(), { ...recording, dir, decodeWorkers: 65 })).rejects.toThrow(
    'decodeWorkers: expected a whole number from 0 to 64, got 65',
  );
});

import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { wholeNumber, withCleanup } from '../../base/index.ts';
import { latentInterpolation, picturedSamples, score, scoreText, writePicture } from '../../recipes/index.ts';
import { type LoadedGan, loadRun } from '../../runs/index.ts';
import { type Console, warner } from '../console.ts';
import { endingOf } from '../output-file.ts';

interface Options {
  readonly count?: number;
  readonly seed?: number;
  readonly interpolate?: number;
  readonly out?: string;
  readonly data?: string;
  readonly best?: boolean;
  readonly engine?: string;
}

/** `weir sample <run-dir>`: a picture of samples from the newest checkpoint. */
export async function sampleRun(console: Console, path: string, options: Options): Promise<void> {
  const count = options.count === undefined ? undefined : wholeNumber('--count', options.count, 1, 65_536);
  const seed = wholeNumber('--seed', options.seed ?? 0);
  if (options.interpolate !== undefined) wholeNumber('--interpolate', options.interpolate, 2, 64);
  if (options.out !== undefined) endingOf(options.out, ['.png']);
  const { engine, data, best = false } = options;
  const run = await loadRun(path, { kind: 'gan', best, engine, data, warn: warner(console) });
  await withCleanup(
    () => draw(console, run, { ...options, ...(count !== undefined && { count }), seed }),
    () => run.close(),
  );
}

async function draw(
  console: Console,
  { trainer, dataset, directory }: LoadedGan,
  { count, seed, interpolate: ways, out }: Pick<Options, 'count' | 'interpolate' | 'out'> & { seed: number },
): Promise<void> {
  const samples =
    ways === undefined
      ? await trainer.sample(count ?? picturedSamples[dataset.kind], seed)
      : await latentInterpolation(trainer, { rows: ways, steps: ways, seed });
  const file = out ?? directory.sample(`${ways === undefined ? 'sample' : 'interpolation'}-${trainer.index}`);
  mkdirSync(dirname(file), { recursive: true });
  writePicture(file, samples, dataset);
  console.stdout.write(`${resolve(file)}\n`);
  if (ways !== undefined) return;
  const quality = score(samples, dataset);
  if (quality !== undefined) console.stdout.write(`${scoreText(quality)}\n`);
}

import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { unknownName, wholeNumber, withCleanup } from '../../base/index.ts';
import { type Dataset, readImage } from '../../data/index.ts';
import { repeatedSource, type SampleRequest, type Trainer } from '../../models/index.ts';
import { latentInterpolation, picturedSamples, score, scoreText, writePicture } from '../../recipes/index.ts';
import { type LoadedGan, loadRun } from '../../runs/index.ts';
import { type Console, warner } from '../console.ts';
import { endingOf } from '../output-file.ts';

interface Options {
  readonly count?: number;
  readonly seed?: number;
  readonly interpolate?: number;
  readonly caption?: string;
  readonly class?: string;
  readonly source?: string;
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
  if (options.interpolate !== undefined && (options.caption ?? options.class ?? options.source) !== undefined)
    throw new RangeError(
      '--interpolate: expected without --caption, --class and --source, whose samples are all of one, got both',
    );
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
  { trainer, dataset, directory, assembly }: LoadedGan,
  options: Omit<Options, 'seed'> & { readonly seed: number },
): Promise<void> {
  const { count, seed, interpolate: ways, out } = options;
  const request = await requestOf(options, dataset);
  const usual = request.source === undefined ? picturedSamples[dataset.kind] : 1;
  const samples =
    ways === undefined
      ? await sampleAsked(trainer, count ?? usual, seed, request)
      : await latentInterpolation(trainer, { rows: ways, steps: ways, seed });
  const file = out ?? directory.sample(`${ways === undefined ? 'sample' : 'interpolation'}-${trainer.index}`);
  mkdirSync(dirname(file), { recursive: true });
  writePicture(file, samples, dataset, besideOf(assembly, samples.shape[0]!, request.source, options));
  console.stdout.write(`${resolve(file)}\n`);
  if (ways !== undefined) return;
  const quality = score(samples, dataset);
  if (quality !== undefined) console.stdout.write(`${scoreText(quality)}\n`);
}

/** What is shown beside samples: the source that was given, or those that were drawn. */
function besideOf(
  { beside }: LoadedGan['assembly'],
  count: number,
  source: SampleRequest['source'],
  { seed, interpolate }: { readonly seed: number; readonly interpolate?: number },
) {
  if (source !== undefined) return { before: [repeatedSource(source.shape, source, count)], after: [] };
  return interpolate === undefined ? beside?.(count, seed) : undefined;
}

/**
 * What the options ask all samples to be of. @throws RangeError for a class that the data has not,
 * and what `readImage` throws
 */
async function requestOf(
  { caption, class: named, source: file }: Omit<Options, 'seed'>,
  dataset: Dataset,
): Promise<SampleRequest> {
  const others = {
    ...(caption !== undefined && { caption }),
    ...(file !== undefined && { source: await readImage(file) }),
  };
  if (named === undefined) return others;
  const { classes = [] } = dataset;
  const found = classes.indexOf(named);
  const label = found >= 0 ? found : /^\d+$/.test(named) ? Number(named) : -1;
  if (label >= 0 && label < classes.length) return { ...others, label };
  throw new RangeError(
    unknownName('--class', named, classes.length > 0 ? classes : ['none, since the data has no classes']),
  );
}

/** Samples of a request; an error of the request names the option. */
async function sampleAsked(trainer: Trainer, count: number, seed: number, request: SampleRequest) {
  try {
    return await trainer.sample(count, seed, request);
  } catch (error) {
    if (!(error instanceof RangeError) || !/^(?:caption|class|source): /.test(error.message)) throw error;
    throw new RangeError(`--${error.message}`, { cause: error });
  }
}

import { systemCode, version, WeirError, writeStream } from '../../base/index.ts';
import { type Tree, Value } from '../../engine/index.ts';
import { repeatedSource } from '../../models/index.ts';
import { animationParts, samplePng } from '../../plots/index.ts';
import { samplePicture, writePicture } from '../../recipes/index.ts';
import { SampleWriteError, SamplingStoppedError } from '../errors.ts';
import type { LoadedGan } from '../load-run.ts';
import { weightsHash } from '../weights-hash.ts';
import { joinedRows, type SampleOptions } from './gan-sampler.ts';
import { SampleFolder } from './sample-folder.ts';
import { npyOf, writeSampleTable } from './sample-table.ts';
import { checkFormat, countOf, isFileOf, type SampleFormat, type SaveOptions } from './save-options.ts';

/** What was written. */
export interface SavedSamples {
  /** Samples or frames that were written now; fewer than asked for where some were there. */
  readonly written: number;
  /** Samples of those asked for that the folder had already. */
  readonly present?: number;
  /** The samples of a picture. */
  readonly samples?: Value;
}

/** A picture each 40 ms: 25 a second. */
const secondsEach = 1 / 25;

/**
 * Writes samples of a run: one file, or a folder of numbered files. Each file is whole or
 * absent. The same call continues a folder that was stopped.
 * @throws RangeError naming the option; SamplingStoppedError; SampleWriteError
 */
export async function saveSamples(run: LoadedGan, path: string, options: SaveOptions): Promise<SavedSamples> {
  try {
    return await save(run, path, options);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === undefined || cause instanceof WeirError) throw cause;
    throw new SampleWriteError(
      `sample: ${path} cannot be written (${code}); files that are there are whole`,
      { cause },
    );
  }
}

async function save(run: LoadedGan, path: string, options: SaveOptions): Promise<SavedSamples> {
  const { kind } = run.dataset;
  checkFormat(kind, path, options);
  const { format, interpolate, frames, signal, ...given } = options;
  const sampling = { ...given, count: countOf(kind, path, options) };
  const { sampler } = run;
  const walks = interpolate !== undefined && format !== 'grid';
  sampler.require(walks ? { ...sampling, count: interpolate * sampling.count } : sampling);
  if (walks) return saveWalk(run, path, { ...options, ...sampling, interpolate });
  if (format === 'grid') return saveGrid(run, path, sampling, interpolate);
  const { count, first = 0 } = sampling;
  if (format === 'csv' || (format === 'npy' && isFileOf('npy', path))) {
    const parts = stoppable(run.samples(sampling), signal, 'nothing was written');
    await writeSampleTable(path, parts, {
      format: format === 'csv' ? 'csv' : 'npy',
      count,
      shape: run.dataset.shape,
    });
    return { written: count };
  }
  if (isFileOf('png', path)) {
    await writeStream(path, [samplePng(await gathered(run.samples(sampling)), 0)]);
    return { written: 1 };
  }
  return saveFolder(run, path, { ...sampling, format, first }, signal);
}

async function saveFolder(
  run: LoadedGan,
  path: string,
  options: SampleOptions & { readonly format: SampleFormat; readonly count: number; readonly first: number },
  signal: AbortSignal | undefined,
): Promise<SavedSamples> {
  const { format, count, first, ...sampling } = options;
  const folder = new SampleFolder(path, originOf(run, { format, ...sampling }), {
    prefix: '',
    digits: 7,
    ending: `.${format}`,
  });
  const end = first + count;
  const from = sampling.latent === undefined ? folder.missingFrom(first) : first;
  const fileOf = format === 'png' ? samplePng : npyOf;
  if (from >= end) return { written: 0, present: count };
  let at = from;
  const samples = run.samples({ ...sampling, first: from, count: end - from });
  for await (const part of stoppable(samples, signal, 'the same command goes on')) {
    const numbers = Array.from({ length: part.shape[0]! }, (_, i) => i);
    const start = at;
    await folder.write(numbers.map((i) => ({ number: start + i, content: () => fileOf(part, i) })));
    at += numbers.length;
  }
  return { written: end - from, present: from - first };
}

async function saveGrid(
  run: LoadedGan,
  path: string,
  sampling: SampleOptions & { readonly count: number },
  ways: number | undefined,
): Promise<SavedSamples> {
  const { dataset, assembly, sampler } = run;
  const { count, seed = 0, source } = sampling;
  const samples =
    ways === undefined ? await gathered(run.samples(sampling)) : await sampler.ways(ways, sampling);
  const beside =
    source !== undefined
      ? { before: [repeatedSource(source.shape, source, count)], after: [] }
      : ways === undefined
        ? assembly.beside?.(count, seed)
        : undefined;
  writePicture(path, samples, dataset, beside);
  return { written: count, samples };
}

async function saveWalk(
  run: LoadedGan,
  path: string,
  options: SaveOptions & { readonly interpolate: number; readonly count: number },
): Promise<SavedSamples> {
  const { format, interpolate: stops, frames = 16, signal, ...sampling } = options;
  const walk = run.sampler.walk({ ...sampling, stops, frames });
  const written = stops * frames;
  if (format === 'gif') {
    const pictures = picturesOf(run, stoppable(walk, signal, 'nothing was written'));
    await writeStream(path, animationParts(pictures, { seconds: secondsEach, colours: 256 }));
    return { written };
  }
  const folder = new SampleFolder(path, originOf(run, { ...sampling, format, stops, frames }), {
    prefix: 'frame-',
    digits: 5,
    ending: '.png',
  });
  let number = 0;
  for await (const picture of picturesOf(run, stoppable(walk, signal, 'the same command goes on')))
    await folder.write([{ number: number++, content: () => picture.png() }]);
  return { written };
}

async function* picturesOf(run: LoadedGan, walk: AsyncIterable<Value>) {
  for await (const samples of walk) yield samplePicture(samples, run.dataset);
}

/** Parts until the signal comes. @throws SamplingStoppedError then */
async function* stoppable(
  parts: AsyncIterable<Value>,
  signal: AbortSignal | undefined,
  rest: string,
): AsyncGenerator<Value, void, void> {
  for await (const part of parts) {
    if (signal?.aborted) throw new SamplingStoppedError(`sample: stopped by ${signal.reason}; ${rest}`);
    yield part;
  }
}

async function gathered(parts: AsyncIterable<Value>): Promise<Value> {
  const all: Value[] = [];
  for await (const part of parts) all.push(part);
  return joinedRows(all);
}

/** All that the files of a folder depend on. */
function originOf(
  { config, dataset, index, trainer }: LoadedGan,
  { source, latent, ...rest }: Readonly<Record<string, unknown>> & Pick<SampleOptions, 'source' | 'latent'>,
): Readonly<Record<string, unknown>> {
  const tensors: Tree<Value> = latent instanceof Value ? { latent } : (latent ?? {});
  return {
    weir: version,
    recipe: config.recipe,
    data: dataset.name,
    step: index,
    weights: weightsHash(trainer.tensors()),
    seed: 0,
    ...rest,
    ...(source && { source: weightsHash({ source }) }),
    ...(latent && { latent: weightsHash(tensors) }),
  };
}

import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { given, monotonicSeconds, oneOf, onStopSignals, show, withCleanup } from '../../base/index.ts';
import { readImage } from '../../data/index.ts';
import { score, scoreText } from '../../recipes/index.ts';
import {
  formatEndings,
  type LoadedGan,
  loadRun,
  readLatent,
  type SampleFormat,
  type SaveOptions,
  saveSamples,
} from '../../runs/index.ts';
import { type Console, warner } from '../console.ts';

interface Options
  extends Pick<
    SaveOptions,
    'count' | 'seed' | 'first' | 'interpolate' | 'frames' | 'truncation' | 'caption'
  > {
  readonly format?: string;
  readonly latent?: string;
  readonly class?: string;
  readonly source?: string;
  readonly out?: string;
  readonly data?: string;
  readonly best?: boolean;
  readonly engine?: string;
}

/** `weir sample <run-dir>`: samples of the newest checkpoint, as a picture or as files. */
export async function sampleRun(console: Console, path: string, options: Options): Promise<void> {
  const format = formatOf(options);
  const { engine, data, best = false, latent, source } = options;
  const inputs = {
    ...(latent !== undefined && { latent: await readLatent(latent) }),
    ...(source !== undefined && { source: await readImage(source) }),
  };
  const run = await loadRun(path, { kind: 'gan', best, engine, data, warn: warner(console) });
  await withCleanup(
    () => save(console, run, options, { ...samplingOf(options), ...inputs, format }),
    () => run.close(),
  );
}

async function save(console: Console, run: LoadedGan, { out }: Options, options: SaveOptions): Promise<void> {
  const file = out ?? usualPath(run, options);
  mkdirSync(dirname(resolve(file)), { recursive: true });
  const stop = new AbortController();
  const began = monotonicSeconds();
  const letGo = onStopSignals((signal) => stop.abort(signal));
  const {
    written,
    samples,
    present = 0,
  } = await withCleanup(() => saveSamples(run, file, { ...options, signal: stop.signal }), letGo);
  const seconds = monotonicSeconds() - began;
  console.stdout.write(`${resolve(file)}\n`);
  if (options.format !== 'grid') {
    const what = options.interpolate === undefined ? 'samples' : 'frames';
    const rate = Math.round(written / seconds).toLocaleString('en');
    const rest = present > 0 ? `; ${present} were there already` : '';
    console.stdout.write(`${written} ${what} in ${seconds.toFixed(1)} s, ${rate} a second${rest}\n`);
  }
  const quality =
    samples === undefined || options.interpolate !== undefined ? undefined : score(samples, run.dataset);
  if (quality !== undefined) console.stdout.write(`${scoreText(quality)}\n`);
}

/** What decides the samples, without what the command line does not name. */
function samplingOf({ count, seed, first, interpolate, frames, truncation, caption, ...options }: Options) {
  return given({ count, seed, first, interpolate, frames, truncation, caption, class: options.class });
}

/** The format, by its name or else by the ending of the file. @throws RangeError */
function formatOf({ format, out, interpolate }: Options): SampleFormat {
  if (format !== undefined) return oneOf('format', format, Object.keys(formatEndings) as SampleFormat[]);
  if (out === undefined) return 'grid';
  const found = Object.entries(formatEndings).find(([, ending]) => out.toLowerCase().endsWith(ending));
  if (found !== undefined) return found[0] as SampleFormat;
  throw new RangeError(
    `path: expected a file whose name ends in .png, .npy, .csv or .gif, or --format ` +
      `${interpolate === undefined ? 'png or npy' : 'png'} for a folder, got ${show(out)}`,
  );
}

/** In the run directory, by what it is and the step. */
function usualPath({ directory, index }: LoadedGan, { format, interpolate }: SaveOptions): string {
  const name = `${interpolate === undefined ? 'sample' : 'interpolation'}-${index}`;
  const folder = dirname(directory.sample(name));
  if (format === 'png')
    return join(folder, interpolate === undefined ? `samples-${index}` : `frames-${index}`);
  return join(folder, `${name}${formatEndings[format]}`);
}

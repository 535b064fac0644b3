import { oneOf, show, wholeNumber } from '../../base/index.ts';
import { Value } from '../../engine/index.ts';
import { picturedSamples } from '../../recipes/index.ts';
import type { SampleOptions } from './gan-sampler.ts';

/** What samples are written as. */
export type SampleFormat = 'grid' | 'png' | 'npy' | 'csv' | 'gif';

/** How samples are written to disk. */
export interface SaveOptions extends SampleOptions {
  /**
   * `grid`: one picture. `png`: a folder with a picture of each image, or of each step of a walk.
   * `npy`: an array; a folder of arrays where the path does not end in `.npy`. `csv`: lines of
   * points. `gif`: an animated walk.
   */
  readonly format: SampleFormat;
  /** Latent vectors of a walk; with `grid`, ways and steps of each. @default no walk */
  readonly interpolate?: number;
  /** Pictures from one latent vector of a walk to the next. @default 16 */
  readonly frames?: number;
  /** Stops between two blocks of samples. */
  readonly signal?: AbortSignal;
}

/** Endings of the file of each format; others may be folders. */
export const formatEndings: Readonly<Record<SampleFormat, `.${string}`>> = {
  grid: '.png',
  png: '.png',
  npy: '.npy',
  csv: '.csv',
  gif: '.gif',
};

/** Whether a path names a file of the format, and no folder. */
export function isFileOf(format: SampleFormat, path: string): boolean {
  return path.toLowerCase().endsWith(formatEndings[format]);
}

/** Most samples of one call. */
const most = 10_000_000;
/** Images: 64 a side, of 50 pixels and more each. */
const mostInPicture = { images: 4_096, points: 65_536 } as const;

/** Checks what depends on the format. @throws RangeError naming the option */
export function checkFormat(kind: 'points' | 'images', path: string, options: SaveOptions): void {
  const { format } = options;
  oneOf('format', format, ['grid', 'png', 'npy', 'csv', 'gif']);
  if (format === 'csv' && kind !== 'points')
    throw new RangeError('format: expected png, npy, grid or gif for images, got "csv"');
  if (format === 'png' && kind !== 'images' && options.interpolate === undefined)
    throw new RangeError('format: expected npy, csv, grid or gif for points, got "png"');
  if ((format === 'grid' || format === 'csv' || format === 'gif') && !isFileOf(format, path))
    throw new RangeError(
      `path: expected a file whose name ends in ${formatEndings[format]} for the format ${format}, got ${show(path)}`,
    );
  if (options.interpolate === undefined) requireNoWalk(options);
  else requireWalk(path, options);
}

function requireNoWalk({ format, frames }: SaveOptions): void {
  if (format === 'gif')
    throw new RangeError(
      'format: expected gif with interpolate, since its pictures are a walk, got gif alone',
    );
  if (frames !== undefined)
    throw new RangeError(`frames: expected with interpolate, got ${show(frames)} without`);
}

function requireWalk(path: string, options: SaveOptions): void {
  const { format, interpolate, frames, count, latent } = options;
  wholeNumber('interpolate', interpolate, 2, 64);
  if (format === 'npy' || format === 'csv')
    throw new RangeError(`interpolate: expected with the format grid, png or gif, got ${format}`);
  if (format === 'png' && isFileOf('png', path))
    throw new RangeError(`path: expected a folder for the pictures of a walk, got ${show(path)}`);
  if (format === 'grid') {
    const [name, value] = Object.entries({ frames, count, latent }).find(([, of]) => of !== undefined) ?? [];
    if (name !== undefined)
      throw new RangeError(
        `${name}: expected without interpolate in a grid of ${interpolate} x ${interpolate}, got ${show(value)}; the format gif or png takes it`,
      );
  }
  if (frames !== undefined) wholeNumber('frames', frames, 1, 1_000);
}

/**
 * How many samples there are to be; of a walk, in each picture. @throws RangeError naming the
 * option
 */
export function countOf(kind: 'points' | 'images', path: string, options: SaveOptions): number {
  const { format, interpolate, first = 0 } = options;
  const walks = interpolate !== undefined && format !== 'grid';
  const count = options.count ?? usualCount(kind, path, options);
  if (format === 'png' && isFileOf('png', path) && count !== 1)
    throw new RangeError(`count: expected 1 for one file, ${path}, got ${count}; name a folder for more`);
  if ((format === 'grid' || walks) && count > mostInPicture[kind])
    throw new RangeError(
      `count: expected a whole number from 1 to ${mostInPicture[kind]} in one picture, got ${count}; the format ${kind === 'images' ? 'png' : 'npy'} takes more`,
    );
  wholeNumber('first', first, 0, most - 1);
  return wholeNumber('count', count, 1, most - first);
}

function usualCount(kind: 'points' | 'images', path: string, options: SaveOptions): number {
  const { format, interpolate, latent, source } = options;
  const walks = interpolate !== undefined && format !== 'grid';
  const rows = latent && (latent instanceof Value ? latent : Object.values(latent)[0])?.shape[0];
  if (rows !== undefined && walks && rows % interpolate !== 0)
    throw new RangeError(
      `latent: expected a multiple of ${interpolate} rows, for as many stops of the walk, got ${rows}`,
    );
  if (rows !== undefined) return walks ? rows / interpolate : rows;
  if (walks) return { images: 16, points: 1_000 }[kind];
  return source !== undefined || (format === 'png' && isFileOf('png', path)) ? 1 : picturedSamples[kind];
}

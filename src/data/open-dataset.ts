import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Warn } from '../base/index.ts';
import { didYouMean, given, oneOf, show, wholeNumber } from '../base/index.ts';
import { datasetCatalogue } from './catalogue.ts';
import { cifar10 } from './cifar10.ts';
import { dataFolder } from './data-folder.ts';
import type { Dataset } from './dataset.ts';
import { edges } from './edges.ts';
import { DataMissingError, NoTestPartError } from './errors.ts';
import { expandHome } from './expand-home.ts';
import { gaussianPoints } from './gaussian.ts';
import { grid25 } from './grid25.ts';
import { idxImages } from './idx-images.ts';
import { type ImageFolderOptions, imageFolder } from './image-folder.ts';
import { pairedFolders } from './paired-folders.ts';
import { rawImages } from './raw-images.ts';
import { ring8 } from './ring8.ts';
import { heldOutPairs } from './scene.ts';
import { scenes } from './scenes.ts';
import { shapes } from './shapes.ts';
import { swissRoll } from './swiss-roll.ts';
import { unpaired } from './unpaired.ts';

/** What goes with the name of a dataset. */
export interface OpenOptions {
  /** Which examples, where they are made: 0 without it. */
  readonly seed?: number;
  /** Which part, where there are two: `train` without it. Data in one part has no `test`. */
  readonly split?: 'train' | 'test';
  /** At most this many examples, where they are held. */
  readonly limit?: number;
  /** The folder of the fetched datasets; `dataFolder()` without it. */
  readonly folder?: string;
  /** Called once with files that are skipped. @default a warning of the Node.js process */
  readonly warn?: Warn | undefined;
}

/** What the openers of held data take on. */
interface HeldOptions {
  readonly split: 'train' | 'test';
  /** Side of square images to make of those of the MNIST family. */
  readonly side?: number;
  readonly limit?: number;
  readonly warn?: Warn;
}

/** Makes the data of a seed, and of one part of it. */
type SplitMaker = (seed: number, split: 'train' | 'test') => Dataset;

const garments = 'T-shirt/top,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot'.split(',');

/** Of `shapes`, the pairs of shape and colour that training never shows are the test split. */
const inParts = new Map(
  ([16, 32, 64] as const).map((side): [string, SplitMaker] => {
    const name = `shapes:${side},held-out`;
    const rules = { train: { without: heldOutPairs }, test: { only: heldOutPairs } };
    return [name, (seed, split) => ({ ...shapes({ seed, side, ...rules[split] }), name })];
  }),
);

const made = new Map<string, (seed: number) => Dataset>([
  ['ring8', (seed) => ring8({ seed })],
  ['grid25', (seed) => grid25({ seed })],
  ['swiss-roll', (seed) => swissRoll({ seed })],
  ['gaussian', (seed) => gaussianPoints({ seed })],
  ['shapes', (seed) => shapes({ seed })],
  ['shapes:16', (seed) => shapes({ seed, side: 16 })],
  ['shapes:32', (seed) => shapes({ seed, side: 32 })],
  ['shapes:64', (seed) => shapes({ seed, side: 64 })],
  ['scenes', (seed) => scenes({ seed })],
  ['scenes:16', (seed) => scenes({ seed, side: 16 })],
  ['scenes:32', (seed) => scenes({ seed, side: 32 })],
  ['scenes:64', (seed) => scenes({ seed, side: 64 })],
]);

const known = new Map<string, (folder: string, options: HeldOptions) => Promise<Dataset>>([
  ['mnist', (folder, options) => idxImages(folder, { ...options, name: named('mnist', options) })],
  [
    'fashion-mnist',
    (folder, options) =>
      idxImages(folder, { ...options, name: named('fashion-mnist', options), classes: garments }),
  ],
  ['cifar10', (folder, options) => cifar10(folder, { ...options, name: 'cifar10' })],
]);

const inFiles = new Map<string, (rest: string, options: HeldOptions) => Promise<Dataset>>([
  ['idx', openIdx],
  ['cifar10', (folder, options) => cifar10(expandHome(folder), options)],
  ['folder', openFolder],
  ['raw', openRaw],
  ['pairs', openPairs],
]);

/**
 * Opens the dataset that the command line calls `spec`: one of `catalogue`. A path may begin with
 * `~/`. What follows a comma is part of the name of a folder where a folder of that name exists,
 * else the size.
 * @throws RangeError for a name that is none (with the closest that is one) or an option that does
 * not fit, DataMissingError when its files are not there, DataError when they are not what they
 * should be
 */
export async function openDataset(spec: string, options: OpenOptions = {}): Promise<Dataset> {
  const { split = 'train', limit, folder = dataFolder() } = options;
  const seed = wholeNumber('seed', options.seed ?? 0);
  oneOf('split', split, ['train', 'test']);
  if (limit !== undefined) wholeNumber('limit', limit, 1);
  const held: HeldOptions = {
    split,
    ...given({ limit }),
    ...(options.warn !== undefined && { warn: options.warn }),
  };

  const make = made.get(spec);
  if (make !== undefined) {
    refuseTest(spec, held);
    return make(seed);
  }
  const makePart = inParts.get(spec);
  if (makePart !== undefined) return makePart(seed, split);
  const { name, side } = nameAndSide(spec);
  const openKnown = known.get(name);
  if (openKnown !== undefined)
    return fetched(name, openKnown(join(folder, name), { ...held, ...given({ side }) }));
  const colon = spec.indexOf(':');
  const rest = spec.slice(colon + 1);
  if (spec.startsWith('edges:') && rest !== '') return edges(await openDataset(rest, options));
  if (spec.startsWith('unpaired:')) return openUnpaired(rest, { ...options, split, folder, seed });
  const openFiles = colon < 0 || rest === '' ? undefined : inFiles.get(spec.slice(0, colon));
  if (openFiles === undefined) throw unknown(spec);
  return openFiles(rest, held);
}

/** `mnist,32` as name and side. */
function nameAndSide(spec: string): { readonly name: string; readonly side?: number } {
  const [, name, side] = /^(mnist|fashion-mnist),(\d+)$/.exec(spec) ?? [];
  return name === undefined ? { name: spec } : { name, side: Number(side) };
}

/** The name of data of the MNIST family at a side. */
function named(name: string, { side }: HeldOptions): string {
  return side === undefined ? name : `${name},${side}`;
}

/** `DIR`, `FILE`, or one of them with a comma and a side. */
async function openIdx(rest: string, options: HeldOptions): Promise<Dataset> {
  const path = expandHome(rest);
  const [, folder, side] = /^(.+),(\d+)$/.exec(path) ?? [];
  if (folder === undefined || (await isThere(path))) return idxImages(path, options);
  return idxImages(folder, { ...options, side: Number(side) });
}

/** The message that says how to download a missing public dataset. */
async function fetched(name: string, opening: Promise<Dataset>): Promise<Dataset> {
  try {
    return await opening;
  } catch (cause) {
    if (!(cause instanceof DataMissingError)) throw cause;
    throw new DataMissingError(cause.folder, cause.lookedFor, `\`weir data fetch ${name}\` gets it`, {
      cause,
    });
  }
}

async function openFolder(rest: string, options: HeldOptions): Promise<Dataset> {
  refuseTest(`folder:${rest}`, options);
  const { folder, size } = await folderAndSize(rest);
  return imageFolder(folder, { ...options, ...size });
}

async function openPairs(rest: string, options: HeldOptions): Promise<Dataset> {
  refuseTest(`pairs:${rest}`, options);
  const { folder, size } = await folderAndSize(rest);
  return pairedFolders(folder, { ...options, ...size });
}

/** What `DIR`, `DIR,N` or `DIR,HxW` says. */
async function folderAndSize(
  rest: string,
): Promise<{ readonly folder: string; readonly size?: Pick<ImageFolderOptions, 'size'> }> {
  const path = expandHome(rest);
  const [, folder, height, width = height] = /^(.+),(\d+)(?:x(\d+))?$/.exec(path) ?? [];
  // A folder may have a comma and a number in its own name, such as `Rome, 2024`.
  if (folder === undefined || (await isThere(path))) return { folder: path };
  return { folder, size: { size: { height: Number(height), width: Number(width) } } };
}

/** Two other datasets side by side: `unpaired:A+B`. */
async function openUnpaired(rest: string, options: OpenOptions): Promise<Dataset> {
  const names = rest.split('+');
  if (names.length !== 2 || names.includes(''))
    throw new RangeError(
      `data: expected unpaired:A+B with two datasets whose names have no +, got ${show(`unpaired:${rest}`)}`,
    );
  const [a, b] = await Promise.all(names.map((name) => openDataset(name, options)));
  return unpaired(a!, b!, { seed: options.seed ?? 0 });
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function openRaw(rest: string, options: HeldOptions): Promise<Dataset> {
  refuseTest(`raw:${rest}`, options);
  const parts = /^(.+?),(\d+)x(\d+)x(\d+)(?:,(.+))?$/.exec(rest);
  if (parts === null)
    throw new RangeError(
      `data: expected raw:FILE,HxWxC or raw:FILE,HxWxC,LABELS, got ${show(`raw:${rest}`)}`,
    );
  const [, file, height, width, channels, labels] = parts;
  const form = { height: Number(height), width: Number(width), channels: Number(channels) };
  return rawImages(expandHome(file!), {
    ...options,
    ...form,
    ...(labels !== undefined && { labels: expandHome(labels) }),
  });
}

function refuseTest(spec: string, { split }: HeldOptions): void {
  if (split === 'test') throw new NoTestPartError(spec);
}

function unknown(spec: string): RangeError {
  const heads = datasetCatalogue.map((entry) => entry.spec.replace(/:.*/, ''));
  const head = didYouMean(spec.replace(/:.*/, ''), heads);
  const meant = datasetCatalogue[heads.indexOf(head ?? '')]?.spec;
  const suggestion = meant === undefined ? '' : `; did you mean ${meant}?`;
  const names = datasetCatalogue.map((entry) => entry.spec).join(', ');
  return new RangeError(`data: expected one of ${names}, got ${show(spec)}${suggestion}`);
}

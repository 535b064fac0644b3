import { join } from 'node:path';
import type { Warn } from '../base/index.ts';
import { didYouMean, given, oneOf, show, wholeNumber } from '../base/index.ts';
import { absoluteSpec } from './absolute-spec.ts';
import { type Augmentation, augmented } from './augmented.ts';
import { datasetCatalogue } from './catalogue.ts';
import { cifar10 } from './cifar10.ts';
import { dataFolder } from './data-folder.ts';
import type { Dataset } from './dataset.ts';
import { withOrigin } from './dataset-origin.ts';
import { edges } from './edges.ts';
import { DataMissingError } from './errors.ts';
import { gaussianPoints } from './gaussian.ts';
import { grid25 } from './grid25.ts';
import { heldOut } from './held-out.ts';
import { idxImages } from './idx-images.ts';
import { mixed } from './mixed.ts';
import { fileOpeners, type HeldOptions, refuseTest } from './open-files.ts';
import { ring8 } from './ring8.ts';
import { heldOutPairs } from './scene.ts';
import { scenes } from './scenes.ts';
import { shapes } from './shapes.ts';
import { mixParts, specOptions } from './spec-options.ts';
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

/**
 * Opens the dataset that the command line calls `spec`: one of `catalogue`, with options behind
 * commas. A path may begin with `~/`. What follows a comma is part of the name of a folder where a
 * folder of that name exists, else the size. The part `test` is not augmented.
 * @throws RangeError for a name that is none (with the closest that is one) or an option that does
 * not fit, DataMissingError when its files are not there, DataError when they are not what they
 * should be
 */
export async function openDataset(spec: string, options: OpenOptions = {}): Promise<Dataset> {
  const { split = 'train', limit, folder } = options;
  const seed = wholeNumber('seed', options.seed ?? 0);
  oneOf('split', split, ['train', 'test']);
  if (limit !== undefined) wholeNumber('limit', limit, 1);
  const dataset = await openSpec(spec, { ...options, seed, split });
  return withOrigin(dataset, {
    spec: absoluteSpec(spec),
    options: { seed, split, ...given({ limit, folder }) },
  });
}

/** Options that are checked. */
type CheckedOptions = OpenOptions & Required<Pick<OpenOptions, 'seed' | 'split'>>;

async function openSpec(spec: string, options: CheckedOptions): Promise<Dataset> {
  const { split, seed } = options;
  if (spec.startsWith('unpaired:')) return openUnpaired(spec.slice('unpaired:'.length), options);
  if (/^edges:./.test(spec)) return edges(await openDataset(spec.slice('edges:'.length), options));
  if (spec.startsWith('mix:')) return openMixed(spec.slice('mix:'.length), options);
  const { base, options: own } = specOptions(spec);
  const share = numberOption(own, 'held-out');
  const whole = await openBase(base, own, { ...options, split: share === undefined ? split : 'train' });
  const part = share === undefined ? whole : heldOut(whole, share, split);
  const augmentation = augmentationOf(own);
  return augmentation === undefined || split === 'test' ? part : augmented(part, augmentation, { seed });
}

async function openBase(
  spec: string,
  own: ReadonlyMap<string, string>,
  options: CheckedOptions,
): Promise<Dataset> {
  const { seed, split, limit, warn, folder = dataFolder() } = options;
  const held: HeldOptions = { split, folder, ...given({ limit, warn }) };
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
  const openFiles = colon < 0 || rest === '' ? undefined : fileOpeners.get(spec.slice(0, colon));
  if (openFiles === undefined) throw unknown(spec);
  return openFiles(rest, held, own);
}

/** The number of an option. @throws RangeError for text that is none */
function numberOption(options: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  throw new RangeError(`${name}: expected a finite number, got ${show(text)}`);
}

function augmentationOf(options: ReadonlyMap<string, string>): Augmentation | undefined {
  const [rotate, crop, brightness, contrast] = ['rotate', 'crop', 'brightness', 'contrast'].map((name) =>
    numberOption(options, name),
  );
  const flip = options.has('flip') || undefined;
  const augmentation = given({ flip, rotate, crop, brightness, contrast });
  return Object.keys(augmentation).length === 0 ? undefined : augmentation;
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

/** Several other datasets as one: `mix:A*3+B`. */
async function openMixed(rest: string, options: OpenOptions): Promise<Dataset> {
  const parts = mixParts(rest);
  const datasets: Dataset[] = [];
  for (const { spec } of parts) datasets.push(await openDataset(spec, options));
  return mixed(datasets, { weights: parts.map(({ weight }) => weight), seed: options.seed ?? 0 });
}

function unknown(spec: string): RangeError {
  const heads = datasetCatalogue.map((entry) => entry.spec.replace(/:.*/, ''));
  const head = didYouMean(spec.replace(/:.*/, ''), heads);
  const meant = datasetCatalogue[heads.indexOf(head ?? '')]?.spec;
  const suggestion = meant === undefined ? '' : `; did you mean ${meant}?`;
  const names = datasetCatalogue.map((entry) => entry.spec).join(', ');
  return new RangeError(`data: expected one of ${names}, got ${show(spec)}${suggestion}`);
}

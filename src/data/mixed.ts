import { show, wholeNumber } from '../base/index.ts';
import { fold, type Key, keyOf, permutation, Value } from '../engine/index.ts';
import type { Dataset, ExampleBatch } from './dataset.ts';
import { epochOrder } from './epoch-order.ts';
import { checkIndices } from './indices.ts';

/** How datasets are mixed. */
export interface MixedOptions {
  /** How many examples of each in a block. @default 1 each */
  readonly weights?: readonly number[];
  /** @default 0 */
  readonly seed?: number;
}

/** Where an example of a mix comes from. */
export interface MixedOrigin {
  /** The number of the dataset. */
  readonly source: number;
  /** The number of the example in it. */
  readonly row: number;
}

/** Several datasets as one. */
export interface Mixed extends Dataset {
  /** Where the example at an index comes from. */
  originOf(index: number): MixedOrigin;
}

const mostWeight = 1000;

/**
 * Datasets as an endless one, in blocks: each has as many examples of a dataset as its weight says,
 * in a random order. Of a dataset every example comes once before one comes twice, in an order that
 * is drawn for each pass. The origin of example i is a pure function of (seed, i). Classes of equal
 * names are one class; labels are given where all datasets have them. Parts are not.
 * @throws RangeError for weights that are no whole numbers from 1, or data of different shapes
 */
export function mixed(datasets: readonly Dataset[], options: MixedOptions = {}): Mixed {
  const { seed = 0 } = options;
  const weights = checkedWeights(datasets, options.weights ?? datasets.map(() => 1));
  const key = keyOf(wholeNumber('seed', seed), 'data/mixed');
  const [first] = datasets as [Dataset];
  for (const other of datasets) requireAlike(first, other);
  const classes = unitedClasses(datasets);
  const originOf = origins(datasets, weights, key);
  const name = `mix:${datasets.map((dataset, i) => `${dataset.name}*${weights[i]}`).join('+')}`;
  return {
    name,
    kind: first.kind,
    size: Infinity,
    shape: first.shape,
    ...(classes && { classes: classes.names }),
    fingerprint: `mix:seed=${seed}:${datasets.map((dataset, i) => `${weights[i]}*${dataset.fingerprint}`).join('+')}`,
    originOf: (index) => originOf(checkIndices(name, [index], Infinity)[0]!),
    read: (indices, positions = indices) =>
      gathered(
        datasets,
        Array.from(checkIndices(name, indices, Infinity), originOf),
        positions,
        classes?.maps,
      ),
    fileOf(index) {
      const { source, row } = originOf(index);
      const dataset = datasets[source]!;
      return dataset.fileOf?.(row) ?? dataset.name;
    },
  };
}

function checkedWeights(datasets: readonly Dataset[], weights: readonly number[]): readonly number[] {
  if (datasets.length < 2)
    throw new RangeError(`mixed: expected two datasets or more, got ${datasets.length}`);
  if (weights.length !== datasets.length)
    throw new RangeError(
      `weights: expected one for each of the ${datasets.length} datasets, got ${show(weights)}`,
    );
  return weights.map((weight) => wholeNumber('weights', weight, 1, mostWeight));
}

function requireAlike(first: Dataset, other: Dataset): void {
  if (other.kind === first.kind && other.shape.join() === first.shape.join()) return;
  throw new RangeError(
    `mixed: expected ${first.kind} of [${first.shape}] as in ${first.name}, got ${other.kind} of [${other.shape}] in ${other.name}`,
  );
}

/** The names of all classes, and the label here of each label there. */
function unitedClasses(datasets: readonly Dataset[]) {
  if (!datasets.every(({ classes }) => classes !== undefined)) return undefined;
  const names = [...new Set(datasets.flatMap(({ classes }) => classes!))];
  const maps = datasets.map(({ classes }) => classes!.map((name) => names.indexOf(name)));
  return { names, maps };
}

/** Where example i comes from. Holds the order of one block, and of one pass of each dataset. */
function origins(datasets: readonly Dataset[], weights: readonly number[], key: Key) {
  const slots = weights.flatMap((weight, source) => new Array<number>(weight).fill(source));
  const blockKey = fold(key, 'blocks');
  let block = -1;
  let places: readonly { readonly source: number; readonly rank: number }[];
  const passes = datasets.map((dataset, source) => passesOf(dataset, fold(fold(key, 'rows'), source)));
  return (index: number): MixedOrigin => {
    const wanted = Math.floor(index / slots.length);
    if (wanted !== block) {
      block = wanted;
      const ranks = weights.map(() => 0);
      places = Array.from(permutation(fold(blockKey, block), slots.length), (slot) => {
        const source = slots[slot]!;
        return { source, rank: ranks[source]!++ };
      });
    }
    const { source, rank } = places[index % slots.length]!;
    return { source, row: passes[source]!(wanted * weights[source]! + rank) };
  };
}

/** The row at each place of the endless sequence of passes over a dataset. */
function passesOf(dataset: Dataset, key: Key): (place: number) => number {
  if (dataset.size === Infinity) return (place) => place;
  let pass = -1;
  let order: (position: number) => number;
  return (place) => {
    const wanted = Math.floor(place / dataset.size);
    if (wanted !== pass) {
      pass = wanted;
      order = epochOrder(dataset, fold(key, pass));
    }
    return order(place % dataset.size);
  };
}

/** Reads the rows of each dataset together and lays them where they belong. */
function gathered(
  datasets: readonly Dataset[],
  rows: readonly MixedOrigin[],
  positions: ArrayLike<number>,
  maps: readonly (readonly number[])[] | undefined,
): ExampleBatch {
  const { shape } = datasets[0]!;
  const width = shape.reduce((product, side) => product * side, 1);
  const data = new Float32Array(rows.length * width);
  const labels = maps && new Int32Array(rows.length);
  datasets.forEach((dataset, source) => {
    const places = rows.flatMap((row, place) => (row.source === source ? [place] : []));
    if (places.length === 0) return;
    const batch = dataset.read(
      places.map((place) => rows[place]!.row),
      places.map((place) => positions[place]!),
    );
    places.forEach((place, i) => {
      data.set(batch.examples.data.subarray(i * width, (i + 1) * width) as Float32Array, place * width);
      if (labels !== undefined) labels[place] = maps![source]![batch.labels!.data[i]!]!;
    });
  });
  return {
    examples: new Value('float32', [rows.length, ...shape], data),
    ...(labels && { labels: new Value('int32', [rows.length], labels) }),
  };
}

// Scores real images that are damaged on purpose, under a feature network that is trained first.
// Example of a dataset: idx:../shared/data/fashion-mnist.
//   npm run experiment calibration DATASET [samples]
import { pathToFileURL } from 'node:url';
import { type Dataset, openDataset } from 'weir-streams/data';
import {
  type Engine,
  fold,
  keyOf,
  normals,
  openEngine,
  permutation,
  uniforms,
  Value,
} from 'weir-streams/engine';
import { Evaluator, networkFeatures, type Scores, trainFeatures } from 'weir-streams/evaluation';

/** Images of the dataset by its own numbers. */
type Read = (numbers: ArrayLike<number>) => Value;

/** A "generator": damages real images in one way. */
export interface Damage {
  readonly name: string;
  /** @param count images of the result, [count, ...shape] */
  images(read: Read, count: number, labels: ArrayLike<number>): Value;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const first = (read: Read, count: number) => read(range(count));

function changed({ shape, data }: Value, change: (pixel: number, at: number) => number): Value {
  return new Value('float32', shape, Float32Array.from(data, change));
}

function noisy(deviation: number): Damage {
  return {
    name: `+ N(0, ${deviation})`,
    images(read, count) {
      const images = first(read, count);
      const noise = normals(keyOf(1), images.shape, deviation).data;
      return changed(images, (pixel, at) => Math.min(1, Math.max(-1, pixel + noise[at]!)));
    },
  };
}

function only(name: string, classes: readonly number[]): Damage {
  return {
    name,
    images(read, count, labels) {
      const own = range(labels.length).filter((i) => classes.includes(labels[i]!));
      return read(range(count).map((i) => own[i % own.length]!));
    },
  };
}

/** The mean of each pixel and its neighbours, 3x3; the border is repeated. */
function blurred(images: Value): Value {
  const [, height = 0, width = 0, channels = 0] = images.shape;
  const each = height * width * channels;
  const inside = (at: number, size: number) => Math.min(size - 1, Math.max(0, at));
  return changed(images, (_, at) => {
    const [image, pixel, c] = [Math.floor(at / each), Math.floor((at % each) / channels), at % channels];
    let sum = 0;
    for (let y = -1; y <= 1; y++)
      for (let x = -1; x <= 1; x++) {
        const row = inside(Math.floor(pixel / width) + y, height);
        sum += images.data[image * each + (row * width + inside((pixel % width) + x, width)) * channels + c]!;
      }
    return sum / 9;
  });
}

const mean = (images: Value, count: number): Value => {
  const each = images.data.length / images.shape[0]!;
  const sum = new Float64Array(each);
  for (let at = 0; at < images.data.length; at++) sum[at % each]! += images.data[at]!;
  return changed(
    Value.filled([count, ...images.shape.slice(1)], 0),
    (_, at) => sum[at % each]! / images.shape[0]!,
  );
};

/** The damages in the order of the table. */
export const damages: readonly Damage[] = [
  { name: 'other real images', images: first },
  ...[0.1, 0.3, 0.5].map(noisy),
  { name: '3x3 box blur', images: (read, count) => blurred(first(read, count)) },
  only('classes 0 to 4 only', [0, 1, 2, 3, 4]),
  only('class 1 only', [1]),
  { name: '100 images x 20', images: (read, count) => read(range(count).map((i) => i % 100)) },
  { name: 'mean image', images: (read, count) => mean(first(read, count), count) },
  { name: 'uniform noise', images: (read, count) => uniforms(keyOf(2), first(read, count).shape, -1, 1) },
  {
    name: 'pixels shuffled',
    images(read, count) {
      const images = first(read, count);
      const each = images.data.length / count;
      const orders = range(count).map((i) => permutation(fold(keyOf(3), i), each));
      return changed(images, (_, at) => {
        const image = Math.floor(at / each);
        return images.data[image * each + orders[image]![at % each]!]!;
      });
    },
  },
  {
    name: 'average of two images',
    images(read, count) {
      const [a, b] = [first(read, count), read(range(count).map((i) => count + i))];
      return changed(a, (pixel, at) => (pixel + b.data[at]!) / 2);
    },
  },
];

/**
 * The scores of every damage by its name. The damaged images are none of those that the evaluator
 * holds.
 */
export async function calibrate(
  dataset: Dataset,
  engine: Engine,
  samples: number,
  told: (name: string, scores: Scores) => void = () => undefined,
): Promise<ReadonlyMap<string, Scores>> {
  const network = await trainFeatures(dataset, engine);
  console.info(`features of ${network.data}: accuracy ${network.accuracy}, hash ${network.hash}`);
  const evaluator = await Evaluator.open({
    dataset,
    engine,
    samples,
    features: networkFeatures(network, engine),
  });
  // Behind the real examples of the evaluator, in its own order.
  const order = permutation(keyOf(0, 'evaluation/real'), dataset.size).subarray(samples);
  const read = (numbers: ArrayLike<number>) => dataset.read(Array.from(numbers, (i) => order[i]!)).examples;
  const labels = dataset.read(order).labels!.data;
  const table = new Map<string, Scores>();
  for (const { name, images } of damages) {
    const scores = await evaluator.score(images(read, samples, labels));
    table.set(name, scores);
    told(name, scores);
  }
  evaluator.close();
  return table;
}

const columns = ['fid', 'kid', 'inceptionScore', 'precision', 'recall', 'density', 'coverage'];
const more = ['slicedWasserstein', 'msSsim', 'modes', 'spread'];

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const dataset = await openDataset(process.argv[2] ?? 'fashion-mnist');
  const { engine } = await openEngine('auto');
  console.log(`| "generator" | ${[...columns, ...more].join(' | ')} |\n|---|${'---|'.repeat(11)}`);
  await calibrate(dataset, engine, Number(process.argv[3] ?? 2000), (name, scores) => {
    const cells = [...columns, ...more].map((score) => Number(scores[score]!.toPrecision(3)));
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  });
}

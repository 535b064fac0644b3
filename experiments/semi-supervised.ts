// Measures what unlabelled examples add to a classifier: a classifier with a few labels alone, with
// a GAN beside it, and with labels chosen by k-means.
//   npm run experiment semi-supervised fashion-mnist|digits FOLDER [seeds] [steps]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type ExampleBatch, idxImages, medoidLabels, randomLabels } from 'weir-streams/data';
import { type Engine, keyOf, openEngine, type Program, permutation, Value } from 'weir-streams/engine';
import {
  adam,
  dense,
  flatten,
  type Layer,
  relu,
  reshape,
  type SemiSupervised,
  semiSupervised,
  sequential,
  tanh,
  tap,
  train,
} from 'weir-streams/models';

type Labelled = Required<Omit<ExampleBatch, 'parts'>>;

/** Examples with labels to choose from, the same without, and others to be tested on. */
export interface Split {
  readonly name: string;
  readonly train: Labelled;
  readonly test: Labelled;
}

const at = ({ examples, labels }: Labelled, indices: ArrayLike<number>): Labelled => {
  const width = examples.data.length / examples.shape[0]!;
  const chosen = Array.from(indices);
  const data = new Float32Array(chosen.length * width);
  chosen.forEach((from, to) => {
    data.set(examples.data.subarray(from * width, (from + 1) * width), to * width);
  });
  return {
    examples: new Value('float32', [chosen.length, ...examples.shape.slice(1)], data),
    labels: new Value(
      'int32',
      [chosen.length],
      Int32Array.from(chosen, (from) => labels.data[from]!),
    ),
  };
};

const first = (count: number) => Array.from({ length: count }, (_, i) => i);

/** 10,000 of the training images, and the test set. */
async function fashionMnist(folder: string): Promise<Split> {
  const [all, others] = await Promise.all([idxImages(folder), idxImages(folder, { split: 'test' })]);
  const read = ({ examples, labels }: ExampleBatch): Labelled => ({ examples, labels: labels! });
  return {
    name: 'Fashion-MNIST',
    train: read(all.read(first(10_000))),
    test: read(others.read(first(others.size))),
  };
}

/** The 8x8 digits: 1,297 to learn from and 500 to be tested on. */
export function digits(folder: string): Split {
  const rows = gunzipSync(readFileSync(join(folder, 'digits.csv.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number));
  const all: Labelled = {
    examples: Value.of(
      rows.flatMap((row) => row.slice(0, 64).map((x) => x / 8 - 1)),
      [rows.length, 8, 8, 1],
    ),
    labels: new Value(
      'int32',
      [rows.length],
      Int32Array.from(rows, (row) => row[64]!),
    ),
  };
  const order = Array.from(permutation(keyOf(1, 'digits'), rows.length));
  return { name: '8x8 digits', train: at(all, order.slice(500)), test: at(all, order.slice(0, 500)) };
}

/** The networks of the CPU-sized setting: one score a class, features before the last layer. */
function networks([height = 0, width = 0]: readonly number[]): { critic: Layer; generator: Layer } {
  const hidden = (units: number) => [dense(units), relu()];
  const last = tap('features', relu());
  return {
    critic: sequential([flatten(), ...[256, 128, 128, 64].flatMap(hidden), dense(64), last, dense(10)]),
    generator: sequential([
      ...[256, 256].flatMap(hidden),
      dense(height * width),
      reshape([height, width, 1]),
      tanh(),
    ]),
  };
}

const batchSize = 100;
const optimizer = () => adam({ rate: 1e-3, beta1: 0.5 });

/** Errors on the test set, in per cent, by a program that classifies. */
function errorOf(state: ReturnType<Engine['open']>, classifier: Program, { examples, labels }: Labelled) {
  const { logits } = state.run(classifier, { examples }) as { logits: Value };
  const wrong = Array.from(labels.data).filter((label, row) => {
    const scores = Array.from(logits.data.subarray(10 * row, 10 * row + 10));
    return scores.indexOf(Math.max(...scores)) !== label;
  });
  return (100 * wrong.length) / labels.data.length;
}

/** Trains a system by steps of its players on batches of the unlabelled examples, and tests it. */
function trained(
  system: SemiSupervised,
  engine: Engine,
  { train: unlabelled, test }: Split,
  steps: number,
  seed: number,
): number {
  const trainer = train(system, engine, { seed });
  const count = unlabelled.examples.shape[0]!;
  for (let index = 0; index < steps; index++) {
    const player = system.players[index % system.players.length]!;
    const chosen = permutation(keyOf(seed, 'unlabelled', index), count).subarray(0, batchSize);
    trainer.step({ index, player, batch: { examples: at(unlabelled, chosen).examples } });
  }
  const session = engine.open(trainer.tensors());
  const error = errorOf(session, system.classifier, test);
  session.close();
  trainer.close();
  return error;
}

/** Test errors in per cent of one seed. */
export interface Errors {
  /** From the labels alone. */
  readonly alone: number;
  /** With all other examples beside them. */
  readonly together: number;
  /** With them, and labels for those examples that k-means takes. */
  readonly medoids: number;
}

/** All of one seed, with `perClass` labels for each class. */
export function compare(engine: Engine, split: Split, perClass: number, steps: number, seed: number): Errors {
  const { examples, labels } = split.train;
  const system = (indices: readonly number[], unlabelledWeight: number) =>
    semiSupervised({
      ...networks(examples.shape.slice(1)),
      latent: 100,
      labelled: at(split.train, indices),
      unlabelledWeight,
      blur: 0.3,
      average: 0.99,
      optimizers: { critic: optimizer(), generator: optimizer() },
    });
  const random = randomLabels(labels.data, perClass, keyOf(seed, 'labels'));
  const chosen = medoidLabels(examples, labels.data, perClass, keyOf(seed, 'labels'));
  const run = (of: SemiSupervised, count: number) => trained(of, engine, split, count, seed);
  return {
    alone: run({ ...system(random, 0), players: ['critic'] }, steps / 2),
    together: run(system(random, 1), steps),
    medoids: run(system(chosen, 1), steps),
  };
}

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [name = 'digits', folder = '../shared/data/digits', seeds = '3', steps = '4000'] =
    process.argv.slice(2);
  const { engine } = await openEngine('auto');
  const split = name === 'digits' ? digits(folder) : await fashionMnist(folder);
  for (const perClass of [2, 10]) {
    const errors = Array.from({ length: Number(seeds) }, (_, seed) =>
      compare(engine, split, perClass, Number(steps), seed + 1),
    );
    for (const kind of ['alone', 'together', 'medoids'] as const) {
      const all = errors.map((of) => of[kind]);
      const each = all.map((error) => error.toFixed(1)).join(', ');
      console.log(
        `${split.name}, ${10 * perClass} labels, ${kind}: median ${median(all).toFixed(1)} % of [${each}]`,
      );
    }
  }
}

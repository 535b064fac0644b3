import * as tf from '@tensorflow/tfjs-core';
import { map, take, tap } from 'rxjs';
import { wholeNumber, withCleanup } from '../base/index.ts';
import { type Dataset, plainData, shuffled, subset } from '../data/index.ts';
import { type Engine, keyOf, permutation, type Tree, type Value } from '../engine/index.ts';
import { adam, type Batch, game, oneHot, type Trainer, train } from '../models/index.ts';
import { type Numbered, pump, Run, type Step, type StepEvent } from '../streams/index.ts';
import { argMaxRows } from './class-collapse.ts';
import { type FeatureNetwork, featureHash, featureLayers } from './feature-network.ts';
import { Moments } from './moments.ts';
import { networkFeatures } from './network-features.ts';
import { rotations } from './rotations.ts';
import { matrixOf } from './rows.ts';

/** How a feature network is trained. */
export interface FeatureTraining {
  /** Passes over the images. @default 6 */
  readonly epochs?: number;
  /** Images in a batch. @default 100 */
  readonly batch?: number;
  /**
   * Images to learn from, beside a tenth as many that measure the accuracy. @default 10,000, or as
   * many as there are
   */
  readonly images?: number;
  /** @default 'classes' where the dataset has labels, otherwise 'rotations' */
  readonly labels?: 'classes' | 'rotations';
  /** @default 1 */
  readonly seed?: number;
  /** @default a run of its own */
  readonly run?: Run;
  /** Called with every step, out of `steps`. */
  readonly onStep?: (event: StepEvent, steps: number) => void;
}

/**
 * Trains a small classifier on a dataset, for its features: cross-entropy, Adam at 1e-3. The same
 * data, seed and engine give the same network, and so the same hash, under one version of Weir and
 * on processors with the same vector instructions.
 * @throws RangeError for a dataset that is no images, or too few of them for a batch
 */
export async function trainFeatures(
  dataset: Dataset,
  engine: Engine,
  options: FeatureTraining = {},
): Promise<FeatureNetwork> {
  const { epochs = 6, seed = 1, run = new Run(), onStep } = options;
  wholeNumber('features: epochs', epochs, 1);
  const parts = split(plainData(dataset), options, seed);
  const batch = wholeNumber('features: batch', options.batch ?? Math.min(100, parts.training.size), 1);
  const trainer = train(classifier(dataset.shape, parts.classes), engine, { seed });
  return withCleanup(
    async () => {
      const steps = Math.ceil((epochs * parts.training.size) / batch);
      const step = ({ index, batch }: Numbered<Batch>): Step<Batch> => ({
        index,
        batch,
        player: 'classifier',
      });
      const steps$ = pump(shuffled(parts.training, { size: batch, seed }), run).pipe(map(step), take(steps));
      await run.done(
        steps$.pipe(
          trainer.learn(run.gate),
          tap((event) => onStep?.(event, steps)),
        ),
      );
      return await finished(trainer, dataset, parts, engine);
    },
    () => trainer.close(),
  );
}

interface Parts {
  readonly training: Dataset;
  readonly test: Dataset;
  readonly classes: number;
  readonly labels: 'classes' | 'rotations';
}

/** Images to learn from and others to test with, of one random order. */
function split(dataset: Dataset, { images, labels }: FeatureTraining, seed: number): Parts {
  const { name, kind, size } = dataset;
  if (kind !== 'images') throw new RangeError(`features: expected images, got ${name}, which is ${kind}`);
  const available = Math.min(size, 100_000);
  const most = Math.floor((available * 10) / 11);
  const count = wholeNumber('features: images', images ?? Math.min(10_000, most), 20, most);
  const labelled = dataset.read([0]).labels !== undefined;
  const chosen = labels ?? (labelled ? 'classes' : 'rotations');
  if (chosen === 'classes' && !labelled)
    throw new RangeError(`features: labels: expected rotations, as ${name} has no classes, got "classes"`);
  const order = permutation(keyOf(seed, 'features/split'), available);
  const part = (start: number, end: number) => {
    const some = subset(dataset, order.subarray(start, end));
    return chosen === 'classes' ? some : rotations(some);
  };
  const [training, test] = [part(0, count), part(count, count + Math.floor(count / 10))];
  return { training, test, labels: chosen, classes: chosen === 'rotations' ? 4 : classCount(dataset, order) };
}

/** The number of classes: as named, or by the largest label. */
function classCount(dataset: Dataset, order: Uint32Array): number {
  if (dataset.classes !== undefined) return dataset.classes.length;
  const labels = dataset.read(order.subarray(0, 10_000)).labels!.data;
  return 1 + Math.max(...labels);
}

/** The classifier as a game of one player. */
function classifier(shape: readonly number[], classes: number) {
  return game<'classifier', 'classifier', 'images' | 'labels'>({
    name: 'features',
    networks: { classifier: { layer: featureLayers(classes), input: shape } },
    players: {
      classifier: {
        trains: ['classifier'],
        optimizer: adam({ rate: 1e-3 }),
        loss({ classifier }, { images, labels }) {
          const { y } = classifier(images);
          const loss = tf.neg(tf.mean(tf.sum(tf.mul(labels, tf.logSoftmax(y as tf.Tensor2D)), 1)));
          const right = tf.equal(tf.argMax(y, 1), tf.argMax(labels, 1));
          return { loss, values: { classAccuracy: tf.mean(tf.cast(right, 'float32')) } };
        },
      },
    },
    inputs: ({ batch }) => ({ images: batch.examples, labels: oneHot(batch.labels!.data, classes) }),
    sample: ({ classifier }, { images }) => classifier(images).y,
    samplerInputs: () => ({}),
  });
}

/** Measures accuracy and scale on the held-out part. */
async function finished(
  trainer: Trainer,
  dataset: Dataset,
  { test, classes, labels }: Parts,
  engine: Engine,
): Promise<FeatureNetwork> {
  const { weights } = trainer.save().tensors.classifier as { weights: Tree<Value> };
  const plain = { data: dataset.name, shape: dataset.shape, classes, labels, weights };
  const raw = networkFeatures({ ...plain, accuracy: 0, scale: 1, hash: '' }, engine);
  return withCleanup(
    async () => {
      const { examples, labels: truth } = test.read(Array.from({ length: test.size }, (_, i) => i));
      const { features, probabilities } = await raw.see(examples);
      const said = argMaxRows(matrixOf('features', probabilities!));
      const right = said.filter((label, i) => label === truth!.data[i]).length;
      const moments = Moments.of(features);
      // Six digits, so that the hash does not hang on the last bit of a sum.
      const scale = Number(Math.sqrt(moments.totalVariance / moments.width).toPrecision(6));
      return { ...plain, accuracy: right / test.size, scale, hash: featureHash({ ...plain, scale }) };
    },
    () => raw.close(),
  );
}

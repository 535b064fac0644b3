import { withCleanup } from '../../base/index.ts';
import { type Dataset, plainData } from '../../data/index.ts';
import { type Engine, keyOf, permutation, Value } from '../../engine/index.ts';
import {
  argMaxRows,
  type ClassifierTransfer,
  classifierTransfer,
  enginePairwise,
  type Features,
  oneNearestNeighbour,
} from '../../evaluation/index.ts';
import type { Trainer } from '../../models/index.ts';

/** What is compared. */
export interface TransferCheck {
  readonly trainer: Trainer;
  /** With labels. */
  readonly dataset: Dataset;
  readonly features: Features;
  readonly engine: Engine;
  /** Samples, and real examples to learn from and to test with. */
  readonly samples: number;
  readonly seed: number;
}

/**
 * GAN-train and GAN-test of a class-conditional generator, by the nearest neighbour among features:
 * does a classifier that learns from samples know real examples, and does one that learns from real
 * examples find samples of the class that was asked for.
 * @throws RangeError for a generator that is not asked for classes, or a dataset without labels or
 * with too few examples
 */
export async function transferCheck(check: TransferCheck): Promise<ClassifierTransfer> {
  const { trainer, features, engine, samples, seed } = check;
  const dataset = plainData(check.dataset);
  const order = permutation(keyOf(0, 'transfer'), Math.min(dataset.size, 100_000));
  if (order.length < 2 * samples || dataset.read([0]).labels === undefined)
    throw new RangeError(
      `transfer: expected ${2 * samples} labelled examples or more, got ${dataset.name} of ${dataset.size}`,
    );
  const real = async (start: number) => {
    const { examples, labels } = dataset.read(order.subarray(start, start + samples));
    return { rows: (await features.see(examples)).features, labels: labels!.data };
  };
  const asked = askedFor(trainer, samples, seed);
  const drawn = await trainer.sample(samples, seed);
  const generated = { rows: (await features.see(drawn)).features, labels: asked };
  const pairwise = enginePairwise(engine);
  return withCleanup(
    async () => {
      const parts = { training: await real(0), test: await real(samples) };
      return await classifierTransfer(parts, generated, oneNearestNeighbour({ pairwise }));
    },
    () => pairwise.close(),
  );
}

/** The classes that the same samples are asked for. */
function askedFor({ system }: Trainer, count: number, seed: number): Int32Array {
  const { condition } = system.samplerInputs(count, keyOf(seed, 'samples'));
  const width = condition instanceof Value ? condition.shape[1] : undefined;
  if (width === undefined)
    throw new RangeError(`transfer: expected the run of a class-conditional GAN, got one of ${system.name}`);
  return argMaxRows({ count, width, data: Float64Array.from((condition as Value).data) });
}

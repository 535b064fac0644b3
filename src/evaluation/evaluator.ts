import { show, wholeNumber } from '../base/index.ts';
import type { Dataset, Mixture } from '../data/index.ts';
import { type Engine, keyOf, permutation, sizeOf, type Value } from '../engine/index.ts';
import { type EnginePairwise, enginePairwise } from './engine-pairwise.ts';
import type { Features } from './features.ts';
import { type SampleSet, type ScoreComputation, type Subject, scoreComputations } from './metrics.ts';
import { Moments } from './moments.ts';
import { identityFeatures } from './own-features.ts';
import type { OnProgress } from './pairwise.ts';
import { type ScoreName, type Scores, scoreName } from './scores.ts';

/** What is evaluated, and how. */
export interface EvaluatorOptions {
  readonly dataset: Dataset;
  /** Compares samples with each other, and sees them through a network. */
  readonly engine: Engine;
  /** @default the points themselves; images need some */
  readonly features?: Features;
  /**
   * Samples, and real examples to compare them with. Scores are comparable at equal numbers only.
   * @default 2000
   */
  readonly samples?: number;
  /** @default all that the data and the features allow */
  readonly scores?: readonly string[];
}

/**
 * Scores samples against a dataset. The real examples are the same for every evaluator of the
 * dataset and the number: the first of a fixed random order; the next ones are the `floor`, the
 * score of real examples against each other.
 */
export class Evaluator {
  readonly samples: number;
  readonly features: Features;
  readonly #dataset: Dataset;
  readonly #metrics: readonly ScoreComputation[];
  readonly #wanted: ReadonlySet<string>;
  readonly #real: SampleSet;
  readonly #pairwise: EnginePairwise;
  #floor: Promise<Scores> | undefined;

  private constructor(options: EvaluatorOptions, features: Features, samples: number, real: SampleSet) {
    this.samples = samples;
    this.features = features;
    this.#dataset = options.dataset;
    this.#real = real;
    const known = scoreComputations.filter((metric) => metric.applies(this.#subject));
    this.#wanted = wantedOf(options.scores, known);
    this.#metrics = known.filter(({ scores }) => scores.some((name) => this.#wanted.has(name)));
    this.#pairwise = enginePairwise(options.engine);
  }

  /**
   * Computes the statistics of the real examples.
   * @throws RangeError for images without features, a number of samples that the dataset cannot
   * match twice or that is too small for the scores, scores that cannot be had, or features that
   * are the same for all examples
   */
  static async open(options: EvaluatorOptions): Promise<Evaluator> {
    const { dataset } = options;
    const features = options.features ?? pointFeatures(dataset);
    const most = Math.min(Math.floor(dataset.size / 2), 50_000);
    const samples = wholeNumber('samples', options.samples ?? Math.min(2000, most), 10, most);
    const real = await seenBy(features, examples(dataset, 0, samples));
    if (Moments.of(real.features).totalVariance === 0)
      throw new RangeError(
        `features: expected some that vary over ${dataset.name}, got the same for every example`,
      );
    const evaluator = new Evaluator(options, features, samples, real);
    const width = real.features.data.length / samples;
    if (evaluator.#wanted.has('fid') && samples <= width)
      throw new RangeError(
        `samples: expected more than the ${width} features, whose covariance fid compares, got ${samples}; or leave fid out of the scores`,
      );
    return evaluator;
  }

  /**
   * The scores of samples, [samples, ...shape], by name.
   * @throws RangeError for another number or shape of samples, or numbers that are not finite
   */
  async score(samples: Value, onProgress?: OnProgress): Promise<Scores> {
    requireSamples(samples, this.samples, this.#dataset);
    const generated = await seenBy(this.features, samples);
    const found: Record<string, number> = {};
    let done = 0;
    for (const metric of this.#metrics) {
      const subject = { ...this.#subject, generated, options: { pairwise: this.#pairwise } };
      Object.assign(found, await metric.compute(subject));
      onProgress?.(++done, this.#metrics.length);
    }
    return Object.fromEntries(Object.entries(found).filter(([name]) => this.#wanted.has(name)));
  }

  /** The scores of as many other real examples: what a perfect generator scores here. */
  floor(): Promise<Scores> {
    this.#floor ??= this.score(examples(this.#dataset, this.samples, 2 * this.samples));
    return this.#floor;
  }

  /** Releases what it holds on the engine, the features too. */
  close(): void {
    this.#pairwise.close();
    this.features.close();
  }

  get #subject(): Pick<Subject, 'kind' | 'mixture' | 'real'> {
    const dataset = this.#dataset;
    const mixture = 'centres' in dataset && 'deviation' in dataset ? (dataset as Mixture) : undefined;
    return { kind: dataset.kind, mixture, real: this.#real };
  }
}

function pointFeatures({ kind, name }: Dataset): Features {
  if (kind === 'points') return identityFeatures();
  throw new RangeError(
    `features: expected a file for the images of ${name}, got none; weir features train makes one`,
  );
}

async function seenBy(features: Features, samples: Value): Promise<SampleSet> {
  return { samples, ...(await features.see(samples)) };
}

/** Examples of a fixed random order; of an endless dataset, as they come. */
function examples(dataset: Dataset, start: number, end: number): Value {
  const numbers = Array.from({ length: end - start }, (_, i) => start + i);
  if (dataset.size === Infinity) return dataset.read(numbers).examples;
  const order = permutation(keyOf(0, 'evaluation/real'), dataset.size);
  return dataset.read(numbers.map((number) => order[number]!)).examples;
}

function wantedOf(
  names: readonly string[] | undefined,
  known: readonly ScoreComputation[],
): ReadonlySet<string> {
  const possible = [...new Set<ScoreName>(known.flatMap(({ scores }) => scores))];
  if (names === undefined) return new Set(possible);
  for (const name of names) {
    if (possible.includes(scoreName('scores', name))) continue;
    throw new RangeError(`scores: expected some of ${possible.join(', ')} for this data, got ${show(name)}`);
  }
  return new Set(names);
}

function requireSamples({ shape, data }: Value, count: number, dataset: Dataset): void {
  const expected = [count, ...dataset.shape];
  if (shape.join() !== expected.join())
    throw new RangeError(`samples: expected [${expected}], like ${dataset.name}, got [${shape}]`);
  const bad = (data as Float32Array).findIndex((number) => !Number.isFinite(number));
  if (bad < 0) return;
  const place = Math.floor(bad / sizeOf(dataset.shape));
  throw new RangeError(`samples: expected finite numbers, got ${data[bad]} in sample ${place}`);
}

import type { PairOptions } from './nearest-neighbours.ts';
import { nearestRows } from './nearest-rows.ts';
import { matrixOf, type Rows } from './rows.ts';

/** Examples with their classes. */
export interface Labelled {
  /** [count, width] */
  readonly rows: Rows;
  /** [count] */
  readonly labels: ArrayLike<number>;
}

/** Learns from labelled examples; what it gives back names the class of each row. */
export type Fit = (training: Labelled) => Promise<(rows: Rows) => Promise<ArrayLike<number>>>;

/** Accuracies from 0 to 1 of one classifier with one budget. */
export interface ClassifierTransfer {
  /**
   * Trained on generated examples, tested on real ones: low where samples are wrong or lack
   * diversity.
   */
  readonly ganTrain: number;
  /**
   * Trained on real examples, tested on generated ones: low where samples are not of the class that
   * was asked for.
   */
  readonly ganTest: number;
  /** Trained and tested on real examples: what the others are to be compared with. */
  readonly reference: number;
}

/**
 * GAN-train and GAN-test of a class-conditional generator: Shmelkov et al., How Good Is My GAN?
 * (arXiv:1807.09499), section 3.
 * @param learn the classifier, such as `oneNearestNeighbour`
 */
export async function classifierTransfer(
  real: { readonly training: Labelled; readonly test: Labelled },
  generated: Labelled,
  learn: Fit,
): Promise<ClassifierTransfer> {
  const ofReal = await learn(real.training);
  const ofGenerated = await learn(generated);
  return {
    ganTrain: await accuracy(ofGenerated, real.test),
    ganTest: await accuracy(ofReal, generated),
    reference: await accuracy(ofReal, real.test),
  };
}

/** The classifier that takes the class of the nearest training example. */
export function oneNearestNeighbour(options: PairOptions = {}): Fit {
  return async ({ rows: training, labels }) => {
    const known = matrixOf('oneNearestNeighbour', training);
    return async (rows) => {
      const nearest = await nearestRows(matrixOf('oneNearestNeighbour', rows), known, options);
      return nearest.rows.map((row) => labels[row]!);
    };
  };
}

async function accuracy(classify: Awaited<ReturnType<Fit>>, { rows, labels }: Labelled): Promise<number> {
  const said = await classify(rows);
  let right = 0;
  for (let i = 0; i < labels.length; i++) if (said[i] === labels[i]) right++;
  return right / labels.length;
}

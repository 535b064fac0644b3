import { given } from '../base/index.ts';
import type { Mixture } from '../data/index.ts';
import type { Value } from '../engine/index.ts';
import { argMaxRows, classCollapse } from './class-collapse.ts';
import type { Seen } from './features.ts';
import { frechetDistance } from './frechet-distance.ts';
import { kernelDistance } from './kernel-distance.ts';
import { LabelStatistics } from './label-statistics.ts';
import { manifoldScores } from './manifold-scores.ts';
import { mixtureQuality } from './mixture-quality.ts';
import { msSsimDiversity } from './ms-ssim-diversity.ts';
import type { PairOptions } from './nearest-neighbours.ts';
import { pyramidDistance } from './pyramid-distance.ts';
import { matrixOf } from './rows.ts';
import type { ScoreName, Scores } from './scores.ts';
import { slicedWasserstein } from './sliced-wasserstein.ts';

/** Real or generated samples, as they are and as the features see them. */
export interface SampleSet extends Seen {
  readonly samples: Value;
}

/** What is scored, and with what. */
export interface Subject {
  readonly kind: 'points' | 'images';
  /** The centres of the data, where they are known. */
  readonly mixture?: Mixture | undefined;
  readonly real: SampleSet;
  readonly generated: SampleSet;
  readonly options: PairOptions;
}

/** One computation and the scores that come out of it. */
export interface ScoreComputation {
  readonly scores: readonly ScoreName[];
  /** Whether there is what it needs. */
  applies(subject: Pick<Subject, 'kind' | 'mixture' | 'real'>): boolean;
  compute(subject: Subject): Scores | Promise<Scores>;
}

const always = () => true;

/**
 * Patches and directions that take about a second for 2,000 images of 28x28; the published numbers
 * take minutes.
 */
const pyramid = { patches: 16, directions: 128 };

/** All metrics, in the order in which they are shown. */
export const scoreComputations: readonly ScoreComputation[] = [
  {
    scores: ['fid'],
    applies: always,
    compute: ({ real, generated }) => ({ fid: frechetDistance(real.features, generated.features) }),
  },
  {
    scores: ['kid'],
    applies: always,
    async compute({ real, generated, options: { pairwise } }) {
      // One subset of all samples: the mean of many small ones is the same estimate with more
      // noise.
      const subsetSize = generated.samples.shape[0]!;
      const once = { subsets: 1, subsetSize, ...given({ pairwise }) };
      return { kid: (await kernelDistance(real.features, generated.features, once)).mean };
    },
  },
  {
    scores: ['inceptionScore'],
    applies: ({ real }) => real.probabilities !== undefined,
    compute: ({ generated }) => ({
      inceptionScore: LabelStatistics.of(generated.probabilities!).inceptionScore,
    }),
  },
  {
    scores: ['precision', 'recall', 'density', 'coverage'],
    applies: always,
    compute: async ({ real, generated, options }) => ({
      ...(await manifoldScores(real.features, generated.features, options)),
    }),
  },
  {
    scores: ['slicedWasserstein'],
    applies: always,
    compute({ kind, real, generated }) {
      if (kind === 'points')
        return { slicedWasserstein: slicedWasserstein(real.features, generated.features) };
      const levels = pyramidDistance(real.samples, generated.samples, pyramid);
      const sum = levels.reduce((total, { distance }) => total + distance, 0);
      return { slicedWasserstein: sum / levels.length };
    },
  },
  {
    scores: ['msSsim'],
    applies: ({ kind }) => kind === 'images',
    compute({ generated: { samples, probabilities } }) {
      const labels = probabilities && argMaxRows(matrixOf('msSsim', probabilities));
      return { msSsim: msSsimDiversity(samples, { ...given({ labels }), pairs: 200 }) };
    },
  },
  {
    scores: ['modes', 'reverseKl', 'spread'],
    applies: ({ real, mixture }) => real.probabilities !== undefined && mixture === undefined,
    compute({ real, generated }) {
      const { modes, reverseKl, spread } = classCollapse(classified(real), classified(generated));
      return { modes, reverseKl, spread };
    },
  },
  {
    scores: ['modes', 'highQuality', 'reverseKl'],
    applies: ({ mixture }) => mixture !== undefined,
    compute({ generated, mixture }) {
      const { modes, highQuality, reverseKl } = mixtureQuality(generated.samples, mixture!);
      return { modes, highQuality, reverseKl };
    },
  },
];

const classified = ({ features, probabilities }: SampleSet) => ({ features, probabilities: probabilities! });

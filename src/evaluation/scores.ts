import { oneOf } from '../base/index.ts';

/** Scores by name. */
export type Scores = Readonly<Record<string, number>>;

/** What is known of every score: which way is up, and what it is, in a line. */
export const scoreTable = {
  fid: { better: 'lower', about: 'Frechet distance of features, squared units of the features' },
  kid: { better: 'lower', about: 'kernel distance of features, unbiased: can be below 0' },
  inceptionScore: {
    better: 'higher',
    about: 'exp of the information between sample and class, 1 to the classes',
  },
  precision: { better: 'higher', about: 'share of samples among real ones, k = 3' },
  recall: { better: 'higher', about: 'share of the data that is reached, k = 3' },
  density: { better: 'higher', about: 'how dense the data is where samples are, k = 5; 1 where equal' },
  coverage: { better: 'higher', about: 'share of the data with a sample nearby, k = 5; 0.97 where equal' },
  slicedWasserstein: { better: 'lower', about: 'of points, or of patches in all scales times 1,000' },
  msSsim: { better: 'lower', about: 'likeness of two samples of one class, 0 to 1' },
  modes: { better: 'higher', about: 'classes with 1 % of the samples, or centres that are hit' },
  highQuality: { better: 'higher', about: 'share of samples within three deviations of a centre' },
  reverseKl: { better: 'lower', about: 'KL of the classes or centres of samples to uniform, nats' },
  spread: { better: 'higher', about: 'variance inside the classes over that of real ones' },
  returnMean: { better: 'higher', about: 'mean return of an agent' },
} as const;

/** The name of a score. */
export type ScoreName = keyof typeof scoreTable;

/** The score of a name. @throws RangeError naming all */
export function scoreName(option: string, name: string): ScoreName {
  return oneOf(option, name, Object.keys(scoreTable) as ScoreName[]);
}

/** Whether the first value of a score is better than the second. */
export function isBetter(name: ScoreName, value: number, than: number): boolean {
  return scoreTable[name].better === 'lower' ? value < than : value > than;
}

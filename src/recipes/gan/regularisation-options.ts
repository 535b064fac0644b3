import type { Dataset } from '../../data/index.ts';
import {
  type AdversarialLoss,
  type Adversaries,
  type AugmentationName,
  augmentationNames,
  type CriticTerm,
  diffAugment,
  gradientPenalty,
  hinge,
  lazily,
  leastSquares,
  minimax,
  nonSaturating,
  r1Penalty,
  r2Penalty,
  relativisticAverage,
  relativisticPaired,
  type Sided,
  wasserstein,
  zeroCentredPenalty,
} from '../../models/index.ts';
import { choice, listedWords, real, type ValuesOf, whole, wordList } from '../option.ts';

const kinds = ['none', 'gradient', 'zero-centred', 'r1', 'r2', 'r1-r2'] as const;

/** Regularisation of the critic of a `gan()`: augmentation, and a penalty on its slope. */
export const regularisationOptions = {
  augment: wordList(
    'random changes of the images that the critic sees, real and fake (DiffAugment)',
    augmentationNames,
    'none',
  ),
  'penalty-kind': choice(
    'slopes of the critic that are punished: other than 1 (gradient), or other than 0',
    kinds,
    'none',
  ),
  penalty: real('weight of the penalty (lambda); r1 and r2 have half of it (gamma)', 10),
  'penalty-every': whole('critic steps of which one has the penalty, with so many times its weight', 1, {
    unit: 'steps',
    min: 1,
    max: 4096,
  }),
} as const;

/** The values of those options. */
export type RegularisationValues = ValuesOf<typeof regularisationOptions>;

/**
 * Penalties and augmentations that the options name.
 * @throws RangeError for augmentation of points, and an interval of no penalty
 */
export function regularisationOf(
  values: RegularisationValues,
  dataset: Pick<Dataset, 'kind' | 'name'>,
  sided: Sided = 'two',
): Pick<Adversaries, 'penalties' | 'augmentations'> {
  const names = listedWords(values.augment) as readonly AugmentationName[];
  if (names.length > 0 && dataset.kind !== 'images')
    throw new RangeError(
      `set augment: expected none, since ${dataset.name} has no images, got ${values.augment}`,
    );
  const every = values['penalty-every'];
  if (values['penalty-kind'] === 'none' && every !== 1)
    throw new RangeError(`set penalty-every: expected 1, since penalty-kind is none, got ${every}`);
  const penalties = penaltiesOf(values, sided).map((term) => lazily(term, every));
  return {
    ...(penalties.length > 0 && { penalties }),
    ...(names.length > 0 && { augmentations: diffAugment(names) }),
  };
}

function penaltiesOf(
  { 'penalty-kind': kind, penalty }: RegularisationValues,
  sided: Sided,
): readonly CriticTerm[] {
  switch (kind) {
    case 'none':
      return [];
    case 'gradient':
      return [gradientPenalty(penalty, { sided })];
    case 'zero-centred':
      return [zeroCentredPenalty(penalty)];
    case 'r1':
      return [r1Penalty(penalty)];
    case 'r2':
      return [r2Penalty(penalty)];
    case 'r1-r2':
      return [r1Penalty(penalty), r2Penalty(penalty)];
  }
}

const losses = {
  'non-saturating': () => nonSaturating(),
  minimax: () => minimax(),
  hinge,
  'least-squares': () => leastSquares(),
  wasserstein,
  'relativistic-average': () => relativisticAverage(),
  'relativistic-paired': () => relativisticPaired(),
} as const satisfies Record<string, () => AdversarialLoss>;

/** The name of a loss that `lossOf` makes. */
export type LossName = keyof typeof losses;

/** The option for the loss of a recipe that is known by its networks. */
export const lossOption = (fallback: LossName) =>
  choice('adversarial loss', Object.keys(losses) as LossName[], fallback);

/** The loss of a name. */
export const lossOf = (name: LossName): AdversarialLoss => losses[name]();

import {
  type AverageDecay,
  adam,
  cosineDecay,
  gradientAccumulation,
  gradientClipping,
  type Optimizer,
  type Rate,
  stepDecay,
  warmedUp,
  warmUp,
} from '../../models/index.ts';
import { choice, real, type ValuesOf, whole } from '../option.ts';

/** What differs between recipes in how critics and generators are updated. */
export interface UpdateDefaults {
  /** Both learning rates. @default 1e-3 */
  readonly rate?: number;
  /** Adam's decay of the mean squared gradient. @default 0.999 */
  readonly beta2?: number;
  /** Decay of the average. @default 0 */
  readonly average?: number;
}

/**
 * The options of how critics and generators are updated, in all recipes that have both. Steps are
 * those of all players together; in a recipe of phases, those of the phase.
 */
export const updateOptions = ({ rate = 1e-3, beta2 = 0.999, average = 0 }: UpdateDefaults = {}) =>
  ({
    'critic-rate': real('learning rate of every critic', rate),
    'generator-rate': real('learning rate of every generator', rate),
    'rate-schedule': choice(
      'how both learning rates fall: along a line, half a cosine, or by decay-factor at either step',
      ['linear', 'cosine', 'step', 'constant'],
      'linear',
    ),
    'decay-from': whole('step from which both learning rates fall', 0, { unit: 'steps' }),
    'decay-to': whole('step at which they reach 0, but for rate-schedule step; 0 keeps them constant', 0, {
      unit: 'steps',
    }),
    'decay-factor': real('what rate-schedule step multiplies them with at decay-from and decay-to', 0.1, {
      max: 1,
    }),
    'warm-up': whole('steps at the beginning over which both learning rates rise from 0', 0, {
      unit: 'steps',
    }),
    'max-grad-norm': real('norm to which a larger gradient of a player is scaled down; 0 for none', 0),
    accumulate: whole('steps of a player whose mean gradient makes one update', 1, {
      unit: 'steps',
      min: 1,
      max: 4096,
    }),
    beta1: real("Adam's decay of the mean gradient", 0.5, { max: 0.9999 }),
    beta2: real("Adam's decay of the mean squared gradient", beta2, { max: 0.99999 }),
    average: real(
      'decay of the moving average of every generator, which samples are drawn from; 0 for none',
      average,
      { max: 0.99999 },
    ),
    'average-warm-up': choice(
      'whether update n of the average has at most the decay (1 + n) / (10 + n)',
      ['yes', 'no'],
      'no',
    ),
  }) as const;

/** Those of a recipe of one GAN. */
export const optimizerOptions = updateOptions();

/** The values of those options. */
export type OptimizerValues = ValuesOf<typeof optimizerOptions>;

/**
 * The average that the options name, as the option of a system.
 * @throws RangeError where there is a warm-up of no average
 */
export function averageOption({
  average,
  'average-warm-up': ramp,
}: Pick<OptimizerValues, 'average' | 'average-warm-up'>): { readonly average?: AverageDecay } {
  if (average === 0 && ramp === 'yes')
    throw new RangeError('set average-warm-up: expected no, since average is 0, got yes');
  if (average === 0) return {};
  return { average: ramp === 'yes' ? warmedUp(average) : average };
}

/** A learning rate over the steps of a run. @throws RangeError where the steps are in no order */
export function rateOf(
  rate: number,
  values: Pick<OptimizerValues, 'rate-schedule' | 'decay-from' | 'decay-to' | 'decay-factor' | 'warm-up'>,
): Rate {
  return warmUp(fallOf(rate, values), values['warm-up']);
}

function fallOf(rate: number, values: Parameters<typeof rateOf>[1]): Rate {
  const { 'rate-schedule': schedule, 'decay-from': from, 'decay-to': to } = values;
  if (to === 0 || schedule === 'constant') return rate;
  if (to <= from)
    throw new RangeError(`set decay-to: expected 0 or more than decay-from (${from}), got ${to}`);
  if (schedule === 'step') return stepDecay(rate, values['decay-factor'], [from, to]);
  if (schedule === 'cosine') return cosineDecay(rate, 0, to, from);
  // Not by linearDecay, which rounds in another way: published runs have these bits.
  return (step) => rate * Math.min(1, Math.max(0, (to - step) / (to - from)));
}

/** Makes an optimiser of a learning rate. */
type Make = (rate: Rate) => Optimizer;

const adamOf =
  ({ beta1, beta2 }: Pick<OptimizerValues, 'beta1' | 'beta2'>): Make =>
  (rate) =>
    adam({ rate, beta1, beta2 });

/** An optimiser of a learning rate, with what the options add to it. @param make @default Adam */
export function optimizerOf(rate: number, values: OptimizerValues, make = adamOf(values)): Optimizer {
  const { 'max-grad-norm': norm, accumulate } = values;
  const own = make(rateOf(rate, values));
  // Of a mean gradient, as of a larger batch.
  const clipped = norm > 0 ? gradientClipping(own, norm) : own;
  return accumulate > 1 ? gradientAccumulation(clipped, accumulate) : clipped;
}

/** The optimisers of both players. @param make @default Adam */
export function optimizersOf(
  values: OptimizerValues,
  make?: Make,
): { readonly critic: Optimizer; readonly generator: Optimizer } {
  return {
    critic: optimizerOf(values['critic-rate'], values, make),
    generator: optimizerOf(values['generator-rate'], values, make),
  };
}

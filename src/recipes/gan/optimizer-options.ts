import {
  cosineDecay,
  gradientAccumulation,
  gradientClipping,
  type Optimizer,
  type Rate,
  stepDecay,
  warmUp,
} from '../../models/index.ts';
import { choice, real, type ValuesOf, whole } from '../option.ts';

/** The decays of Adam. @param beta2 the default of the second */
export const adamOptions = (beta2 = 0.999) => ({
  beta1: real("Adam's decay of the mean gradient", 0.5, { max: 0.9999 }),
  beta2: real("Adam's decay of the mean squared gradient", beta2, { max: 0.99999 }),
});

/** The options of how critic and generator are updated. Steps are those of all players together. */
export const optimizerOptions = {
  'critic-rate': real('learning rate of the critic', 1e-3),
  'generator-rate': real('learning rate of the generator', 1e-3),
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
  ...adamOptions(),
  average: real('decay of the moving average of the generator, which samples are drawn from; 0 for none', 0, {
    max: 0.99999,
  }),
} as const;

type OptimizerValues = ValuesOf<typeof optimizerOptions>;

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

/**
 * The optimisers of both players, with what the options add to them.
 * @param make an optimiser of a learning rate
 */
export function optimizersOf(
  values: OptimizerValues,
  make: (rate: Rate) => Optimizer,
): { readonly critic: Optimizer; readonly generator: Optimizer } {
  const { 'max-grad-norm': norm, accumulate } = values;
  const optimizer = (rate: number) => {
    const own = make(rateOf(rate, values));
    // Of a mean gradient, as of a larger batch.
    const clipped = norm > 0 ? gradientClipping(own, norm) : own;
    return accumulate > 1 ? gradientAccumulation(clipped, accumulate) : clipped;
  };
  return { critic: optimizer(values['critic-rate']), generator: optimizer(values['generator-rate']) };
}

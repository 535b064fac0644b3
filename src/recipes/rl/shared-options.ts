import { linearDecay, type Rate } from '../../models/index.ts';
import { real, type ValuesOf, whole } from '../option.ts';

/** The learning rate and the discount of every deep agent. Durations are in steps. */
export const learningOptions = {
  rate: real('learning rate', 1e-3),
  'rate-end': real('learning rate after anneal-steps', 0),
  'anneal-steps': whole(
    'steps over which the learning rate falls linearly to rate-end; 0 keeps it constant',
    0,
    { unit: 'steps' },
  ),
  gamma: real('discount for each step', 0.99, { max: 1 }),
};

/** The size of the networks of every deep agent. */
export const networkOptions = {
  width: whole('units of a hidden layer', 64, { unit: 'units', min: 1, max: 8192 }),
  depth: whole('hidden layers', 2, { unit: 'layers', min: 1, max: 64 }),
};

/** The loss of a policy and its critic, and their networks. */
export const policyOptions = {
  'ent-coef': real('weight of the entropy, which is subtracted from the loss', 0),
  'vf-coef': real("weight of the critic's loss", 0.5),
  'max-grad-norm': real('norm to which a larger gradient is scaled down', 0.5, { min: 1e-9 }),
  ...networkOptions,
};

/** The learning rate over the steps of a run. */
export function rateOfAgent(values: ValuesOf<typeof learningOptions>): Rate {
  const over = values['anneal-steps'];
  return over === 0 ? values.rate : linearDecay(values.rate, values['rate-end'], over);
}

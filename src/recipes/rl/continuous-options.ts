import { linearDecay } from '../../models/index.ts';
import { choice, real, type ValuesOf, whole } from '../option.ts';
import { learningOptions, networkOptions, rateOfAgent } from './shared-options.ts';

/** What every agent for continuous control with a replay memory has. Durations are in steps. */
export const offPolicyOptions = {
  'num-envs': whole('environments that are stepped together', 1, { unit: 'environments', min: 1, max: 4096 }),
  'rollout-steps': whole('environment steps of each environment in a step', 50, {
    unit: 'environment steps',
    min: 1,
    max: 65_536,
  }),
  updates: whole('updates in a step', 50, { unit: 'updates', min: 1, max: 65_536 }),
  minibatch: whole('transitions of an update', 128, { unit: 'transitions', min: 1, max: 65_536 }),
  capacity: whole('transitions in the replay memory', 50_000, { unit: 'transitions', min: 1, max: 2 ** 26 }),
  warmup: whole('steps at the beginning that act at random, store transitions and learn nothing', 20, {
    unit: 'steps',
  }),
  ...learningOptions,
  hold: whole('environment steps that a random number of exploration is held, at most', 1, {
    unit: 'environment steps',
    min: 1,
    max: 65_536,
  }),
  'target-decay': real('decay of the target networks as moving averages of the online networks', 0.995, {
    max: 1,
  }),
  'n-step': whole('environment steps over which a transition goes, at most', 1, {
    unit: 'environment steps',
    min: 1,
    max: 65_536,
  }),
  prioritised: choice(
    'prioritised replay: transitions with large errors are drawn more often',
    ['yes', 'no'],
    'no',
  ),
  alpha: real('exponent of the error in a priority', 0.6, { max: 1 }),
  beta: real('exponent of the importance weights at the first step; it rises to 1', 0.4, { max: 1 }),
  'beta-over': whole('steps over which beta rises to 1', 1000, { unit: 'steps', min: 1 }),
  ...networkOptions,
};

/** The parts of an agent that these options decide, and the rate over the steps of a run. */
export function offPolicyParts(values: ValuesOf<typeof offPolicyOptions>) {
  return {
    rate: rateOfAgent(values),
    network: { hidden: new Array<number>(values.depth).fill(values.width), activation: 'relu' as const },
    gamma: values.gamma,
    rolloutSteps: values['rollout-steps'],
    updates: values.updates,
    batch: values.minibatch,
    warmup: values.warmup,
    hold: values.hold,
    targetDecay: values['target-decay'],
    beta: linearDecay(values.beta, 1, values['beta-over']),
  };
}

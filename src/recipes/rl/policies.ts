import {
  type BoxSpec,
  categoricalPolicy,
  type DiscreteSpec,
  gaussianPolicy,
  type Policy,
  type Spec,
} from '../../rl/index.ts';

/** A policy for the actions of an environment. */
export type PolicyFor<Action> = (action: Spec<Action>) => Policy<Action>;

/** A choice among whole numbers. */
export const discretePolicy: PolicyFor<number> = (action) => categoricalPolicy((action as DiscreteSpec).size);

/** Normals for a list of real numbers. */
export const boxPolicy: PolicyFor<readonly number[]> = (action) => gaussianPolicy(action as BoxSpec);

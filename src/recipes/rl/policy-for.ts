import {
  type BoxSpec,
  categoricalPolicy,
  type DiscreteSpec,
  type Environment,
  gaussianPolicy,
  type Policy,
} from '../../rl/index.ts';

/**
 * The policy for an environment's actions: a choice where there are whole numbers to choose from,
 * normals where there are real ones.
 */
export function policyFor<Action>({ action }: Environment<readonly number[], Action>): Policy<Action> {
  const policy =
    action.kind === 'discrete'
      ? categoricalPolicy((action as unknown as DiscreteSpec).size)
      : gaussianPolicy(action as unknown as BoxSpec);
  return policy as unknown as Policy<Action>;
}

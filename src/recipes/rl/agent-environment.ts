import {
  type Environment,
  Gymnasium,
  gymnasiumPrefix,
  readEnvironmentName,
  VectorEnvironment,
} from '../../rl/index.ts';
import type { AgentCircumstances, AgentRecipe } from '../recipe.ts';

/** The environments that a recipe takes, in words. */
export function environmentsOf({ data, bridged }: AgentRecipe): string {
  return bridged === true ? `${data}, or in gymnasium:NAME by --data` : data;
}

/** Refuses an environment that a recipe does not take. @throws RangeError naming the rule */
export function requireEnvironment(recipe: AgentRecipe, data: string): void {
  if (data === recipe.data) return;
  if (recipe.bridged !== true)
    throw new RangeError(
      `data: expected none for recipe ${recipe.name}, which learns in ${recipe.data}, got ${data}`,
    );
  if (!data.startsWith(gymnasiumPrefix))
    throw new RangeError(
      `data: expected ${recipe.data} or gymnasium:NAME for recipe ${recipe.name}, got ${data}`,
    );
  readEnvironmentName(data);
}

/** Where an agent learns, and what makes one more environment to watch it in. */
export interface AgentEnvironments<Action> {
  make(): Environment<readonly number[], Action>;
  readonly environments: VectorEnvironment<Action>;
}

/**
 * The environments of an agent: those of its recipe, or those of Gymnasium that `data` names, all
 * of them in one process that ends with the agent.
 * @param own makes one of the recipe, whose kind of actions the others must have
 * @throws RangeError for actions of another kind, and what `Gymnasium` throws
 */
export function agentEnvironments<Action>(
  own: () => Environment<readonly number[], Action>,
  count: number,
  { data, seed }: AgentCircumstances,
): AgentEnvironments<Action> {
  if (!data?.startsWith(gymnasiumPrefix))
    return { make: own, environments: new VectorEnvironment(own, { count, seed }) };
  const gymnasium = new Gymnasium(readEnvironmentName(data));
  const { kind } = own().action;
  const make = () => {
    const made = gymnasium.make();
    if (made.action.kind === kind) return made as Environment<readonly number[], unknown> as never;
    throw new RangeError(
      `data: expected an environment with ${kind} actions for this recipe, got ${data}, whose action is ${made.action.rule}`,
    );
  };
  try {
    const close = () => gymnasium.close();
    return { make, environments: new VectorEnvironment<Action>(make, { count, seed, close }) };
  } catch (error) {
    gymnasium.close();
    throw error;
  }
}

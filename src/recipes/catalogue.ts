import { actorCriticRecipes } from './actor-critic-recipes.ts';
import { coderRecipes } from './coder-recipes.ts';
import { collapseRecipes } from './collapse-recipes.ts';
import { conditionalRecipes } from './conditional-recipes.ts';
import { dqnRecipes } from './dqn-recipes.ts';
import { imageRecipes } from './image-recipes.ts';
import { lossRecipes } from './loss-recipes.ts';
import { unknown } from './option.ts';
import { ppoRecipes } from './ppo-recipes.ts';
import type { Recipe } from './recipe.ts';
import { tabularRecipes } from './tabular-recipes.ts';
import { wgan } from './wgan.ts';
import { wganGp } from './wgan-gp.ts';

/** All recipes, in the order of `weir list`. */
export const recipes: readonly Recipe[] = [
  wganGp,
  wgan,
  ...lossRecipes,
  ...collapseRecipes,
  ...imageRecipes,
  ...conditionalRecipes,
  ...coderRecipes,
  ...tabularRecipes,
  ...dqnRecipes,
  ...ppoRecipes,
  ...actorCriticRecipes,
];

/** The recipe of a name. @throws RangeError naming all recipes, and the one that was probably meant */
export function findRecipe(name: string): Recipe {
  const found = recipes.find((recipe) => recipe.name === name);
  if (found === undefined)
    throw new RangeError(
      unknown(
        'recipe',
        name,
        recipes.map((recipe) => recipe.name),
      ),
    );
  return found;
}

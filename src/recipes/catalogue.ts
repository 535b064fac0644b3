import { unknownName } from '../base/index.ts';
import { coderRecipes } from './gan/coder-recipes.ts';
import { collapseRecipes } from './gan/collapse-recipes.ts';
import { conditionalRecipes } from './gan/conditional-recipes.ts';
import { hierarchicalRecipes } from './gan/hierarchical-recipes.ts';
import { imageRecipes } from './gan/image-recipes.ts';
import { lossRecipes } from './gan/loss-recipes.ts';
import { pairRecipes } from './gan/pair-recipes.ts';
import { stackRecipes } from './gan/stack-recipes.ts';
import { textRecipes } from './gan/text-recipes.ts';
import { wganRecipe } from './gan/wgan.ts';
import { wganGpRecipe } from './gan/wgan-gp.ts';
import type { Recipe } from './recipe.ts';
import { actorCriticRecipes } from './rl/actor-critic-recipes.ts';
import { continuousRecipes } from './rl/continuous-recipes.ts';
import { dqnRecipes } from './rl/dqn-recipes.ts';
import { pixelRecipes } from './rl/pixel-recipes.ts';
import { ppoRecipes } from './rl/ppo-recipes.ts';
import { tabularRecipes } from './rl/tabular-recipes.ts';

/** All recipes, in the order of `weir list`. */
export const recipes: readonly Recipe[] = [
  wganGpRecipe,
  wganRecipe,
  ...lossRecipes,
  ...collapseRecipes,
  ...imageRecipes,
  ...hierarchicalRecipes,
  ...conditionalRecipes,
  ...coderRecipes,
  ...textRecipes,
  ...pairRecipes,
  ...stackRecipes,
  ...tabularRecipes,
  ...dqnRecipes,
  ...pixelRecipes,
  ...ppoRecipes,
  ...continuousRecipes,
  ...actorCriticRecipes,
];

/**
 * The recipe of a name. @throws RangeError naming all recipes, and the one that was probably meant
 */
export function findRecipe(name: string): Recipe {
  const found = recipes.find((recipe) => recipe.name === name);
  if (found === undefined)
    throw new RangeError(
      unknownName(
        'recipe',
        name,
        recipes.map((recipe) => recipe.name),
      ),
    );
  return found;
}

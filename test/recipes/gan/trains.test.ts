import { expect, it } from 'vitest';
import { coderRecipes } from '../../../src/recipes/gan/coder-recipes.ts';
import { collapseRecipes } from '../../../src/recipes/gan/collapse-recipes.ts';
import { conditionalRecipes } from '../../../src/recipes/gan/conditional-recipes.ts';
import { imageRecipes } from '../../../src/recipes/gan/image-recipes.ts';
import { lossRecipes } from '../../../src/recipes/gan/loss-recipes.ts';
import { wganRecipe } from '../../../src/recipes/gan/wgan.ts';
import { wganGpRecipe } from '../../../src/recipes/gan/wgan-gp.ts';
import { trainsFor } from '../trains-for.ts';

const all = [
  wganRecipe,
  wganGpRecipe,
  ...lossRecipes,
  ...collapseRecipes,
  ...imageRecipes,
  ...conditionalRecipes,
  ...coderRecipes,
];

it.each(all.map((recipe) => [recipe.name, recipe] as const))(
  '%s trains on every kind of data that it has a preset for, and samples',
  async (name, recipe) => {
    const trained = await trainsFor(recipe, 3);
    expect(trained.length).toBe(Object.keys(recipe.presets).length);
    for (const { system, values } of trained) {
      expect(system).toBe(name);
      expect(values.every((number) => Number.isFinite(number))).toBe(true);
    }
  },
);

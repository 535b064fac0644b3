import { expect, it } from 'vitest';
import { lossRecipes } from '../../../src/recipes/gan/loss-recipes.ts';
import { trainsFor } from '../trains-for.ts';

it.each(lossRecipes.map((recipe) => [recipe.name, recipe] as const))(
  '%s learns from every kind of data that it knows',
  async (name, recipe) => {
    for (const { system, values } of await trainsFor(recipe, 2)) {
      expect(system).toBe(name);
      expect(values.every((number) => Number.isFinite(number))).toBe(true);
    }
  },
);

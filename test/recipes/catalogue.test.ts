import { describe, expect, it } from 'vitest';
import { findRecipe, recipes } from '../../src/recipes/index.ts';
import type { Option } from '../../src/recipes/option.ts';

describe('the recipes', () => {
  it.each(recipes.map((recipe) => [recipe.name, recipe] as const))('%s is complete', (_, recipe) => {
    expect(recipe.name).toMatch(/^[a-z0-9-]+$/);
    expect(recipe.summary.length).toBeGreaterThan(20);
    // What agents with tables do is older than arXiv.
    expect(recipe.paper).toMatch(recipe.kind === 'gan' ? /arXiv:\d{4}\.\d{4,5}$/ : /\d{4}|2nd ed\./);
    const presets = recipe.kind === 'gan' ? Object.values(recipe.presets) : [recipe.preset];
    for (const preset of presets) {
      for (const name of Object.keys(preset.options)) expect(Object.keys(recipe.options)).toContain(name);
    }
    for (const [name, option] of Object.entries(recipe.options)) {
      expect(option.parse(name, option.fallback)).toBe(option.fallback);
    }
  });

  it('have names of their own', () => {
    expect(new Set(recipes.map(({ name }) => name)).size).toBe(recipes.length);
  });
});

describe('findRecipe', () => {
  it('finds by name, and suggests what was meant', () => {
    expect(findRecipe('wgan').name).toBe('wgan');
    const names = recipes.map(({ name }) => name).join(', ');
    expect(() => findRecipe('wgan-pg')).toThrow(
      `recipe: expected one of ${names}, got "wgan-pg"; did you mean`,
    );
  });
});

/** The rule of an option, as its refusal names it. */
function ruleOf({ parse }: Option): string {
  try {
    parse('', Number.NaN);
  } catch (error) {
    return /expected (.*), got/.exec(String(error))![1]!;
  }
  throw new Error('an option takes what is no number');
}

// Published results were made with these: whoever changes one runs them again.
it('presets, fallbacks and rules are those of the published results', () => {
  const published = recipes.map((recipe) => ({
    recipe: recipe.name,
    data: recipe.data,
    options: Object.fromEntries(
      Object.entries(recipe.options).map(([name, option]) => [name, `${option.fallback}: ${ruleOf(option)}`]),
    ),
    presets: recipe.kind === 'gan' ? recipe.presets : recipe.preset,
  }));
  expect(published).toMatchSnapshot();
});

import type { Dataset } from '../data/index.ts';
import type { Engine } from '../engine/index.ts';
import type { Assembly, Settings } from '../recipes/index.ts';
import { assembleGan, findRecipe, type Recipe } from '../recipes/index.ts';
import type { RunConfig } from './directory/run-config.ts';

/**
 * Builds the run that a config describes, on an engine, at its first step.
 * @param dataset what `openData` opened: none for an agent
 */
export function assemble(config: RunConfig, dataset: Dataset | undefined, engine: Engine): Assembly {
  return assembleRecipe(findRecipe(config.recipe), config, dataset, engine);
}

/** The same for a recipe that the catalogue need not have. */
export function assembleRecipe(
  recipe: Recipe,
  config: Settings & { readonly data?: string },
  dataset: Dataset | undefined,
  engine: Engine,
): Assembly {
  if (recipe.kind === 'gan') {
    if (dataset === undefined) throw new TypeError(`assemble: expected a dataset for recipe ${recipe.name}`);
    return assembleGan(recipe, config, dataset, engine);
  }
  const { data = recipe.data } = config;
  return {
    kind: 'agent',
    data,
    ...recipe.build(config.options, { engine, seed: config.seed, steps: config.steps, data }),
  };
}

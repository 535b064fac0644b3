import type { Dataset } from '../data/index.ts';
import type { Engine } from '../engine/index.ts';
import type { Assembly } from '../recipes/index.ts';
import { assembleGan, findRecipe } from '../recipes/index.ts';
import type { RunConfig } from './directory/run-directory.ts';

/**
 * Builds the run that a config describes, on an engine, at its first step.
 * @param dataset what `openData` opened: none for an agent
 */
export function assemble(config: RunConfig, dataset: Dataset | undefined, engine: Engine): Assembly {
  const recipe = findRecipe(config.recipe);
  if (recipe.kind === 'gan') {
    if (dataset === undefined) throw new TypeError(`assemble: expected a dataset for recipe ${recipe.name}`);
    return assembleGan(recipe, config, dataset, engine);
  }
  return {
    kind: 'agent',
    data: recipe.data,
    ...recipe.build(config.options, { engine, seed: config.seed, steps: config.steps }),
  };
}

import type { Dataset } from '../data/index.ts';
import type { Engine } from '../engine/index.ts';
import { type Trainer, train } from '../models/index.ts';
import { findRecipe } from './catalogue.ts';
import type { Training } from './recipe.ts';
import type { RunConfig } from './run-directory.ts';

/** Everything that a run is made of, ready to learn or to be sampled. */
export interface Assembly extends Training {
  readonly dataset: Dataset;
  readonly trainer: Trainer;
}

/** Builds the run that a config describes, on an engine, at its first turn. */
export function assemble(config: RunConfig, dataset: Dataset, engine: Engine): Assembly {
  const training = findRecipe(config.recipe).build(config.options, dataset);
  return { ...training, dataset, trainer: train(training.system, engine, { seed: config.seed }) };
}

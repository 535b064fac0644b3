import type { Warn } from '../base/index.ts';
import { absoluteSpec, type Dataset, openDataset } from '../data/index.ts';
import { type Recipe, requireEnvironment } from '../recipes/index.ts';

/**
 * Opens what a recipe learns from: the dataset that is named, or the recipe's own; nothing for an
 * agent, which learns in an environment.
 * @param warn called with what is left out; a warning of the Node.js process without it
 * @returns the dataset, and its spec with absolute paths
 * @throws RangeError for a dataset that is not there, or an environment that an agent does not take
 */
export async function openData(
  recipe: Recipe,
  named: string | undefined,
  { seed }: { readonly seed: number },
  warn?: Warn,
): Promise<{ readonly data: string; readonly dataset: Dataset | undefined }> {
  const data = named ?? recipe.data;
  if (recipe.kind === 'gan') {
    const dataset = await openDataset(data, { seed, warn });
    return { data: absoluteSpec(data), dataset };
  }
  requireEnvironment(recipe, data);
  return { data, dataset: undefined };
}

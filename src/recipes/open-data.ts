import { type Dataset, openDataset } from '../data/index.ts';
import type { Recipe } from './recipe.ts';

/**
 * Opens what a recipe learns from: the dataset that is named, or the recipe's own; nothing for an agent, which brings
 * its environment.
 * @throws RangeError for a dataset that is not there, or one that is named for an agent
 */
export async function openData(
  recipe: Recipe,
  named: string | undefined,
  options: { readonly seed: number },
): Promise<{ readonly data: string; readonly dataset: Dataset | undefined }> {
  const data = named ?? recipe.data;
  if (recipe.kind === 'gan') return { data, dataset: await openDataset(data, options) };
  if (data !== recipe.data) {
    throw new RangeError(
      `--data: expected none for recipe ${recipe.name}, which learns in ${recipe.data}, got ${data}`,
    );
  }
  return { data, dataset: undefined };
}

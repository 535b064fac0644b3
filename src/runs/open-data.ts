import type { Warn } from '../base/index.ts';
import { absoluteSpec, type Dataset, openDataset } from '../data/index.ts';
import type { Recipe } from '../recipes/index.ts';

/**
 * Opens what a recipe learns from: the dataset that is named, or the recipe's own; nothing for an
 * agent, which brings its environment.
 * @param warn called with what is left out; a warning of the Node.js process without it
 * @returns the dataset, and its spec with absolute paths
 * @throws RangeError for a dataset that is not there, or one that is named for an agent
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
  if (data !== recipe.data) {
    throw new RangeError(
      `data: expected none for recipe ${recipe.name}, which learns in ${recipe.data}, got ${data}`,
    );
  }
  return { data, dataset: undefined };
}

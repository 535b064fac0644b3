import type { Command } from 'commander';
import { openDataset } from '../../data/index.ts';
import { findRecipe, type Recipe, requireEnvironment } from '../../recipes/index.ts';
import { configTemplate } from '../config-template.ts';
import { type Console, warner } from '../console.ts';

/** `weir config RECIPE`: a commented configuration, with the values for the kind of the data. */
export async function printConfig(
  console: Console,
  train: Command,
  name: string,
  { data }: { readonly data?: string },
): Promise<void> {
  const recipe = findRecipe(name);
  const kind = await kindOf(recipe, data, warner(console));
  console.stdout.write(configTemplate(recipe, { train, data, kind }));
}

async function kindOf(recipe: Recipe, named: string | undefined, warn: (text: string) => void) {
  if (recipe.kind === 'agent') {
    requireEnvironment(recipe, named ?? recipe.data);
    return 'agent';
  }
  const kinds = Object.keys(recipe.presets);
  if (named === undefined && kinds.length === 1) return kinds[0]!;
  const { kind, name } = await openDataset(named ?? recipe.data, { seed: 1, warn });
  if (recipe.presets[kind] !== undefined) return kind;
  throw new RangeError(
    `data: expected ${kinds.join(' or ')} for recipe ${recipe.name}, got ${name}, which is ${kind}`,
  );
}

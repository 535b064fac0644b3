import { findRecipe, type Recipe, recipes } from '../../recipes/index.ts';
import { type Console, printJson, table } from '../console.ts';
import { optionJson, presetsOf, recipeText } from '../recipe-text.ts';

/** `weir list [recipe]`: the recipes, or the hyper-parameters of one. */
export function listRecipes(
  console: Console,
  name: string | undefined,
  { json }: { readonly json?: boolean },
): void {
  if (name !== undefined) {
    const recipe = findRecipe(name);
    if (json) printJson(console, describe(recipe));
    else console.stdout.write(recipeText(recipe));
    return;
  }
  if (json) {
    printJson(console, recipes.map(describe));
    return;
  }
  const rows = recipes.map(({ name, data, summary, paper }) => [name, data, `${summary} (${paper})`]);
  console.stdout.write(table([['recipe', 'data', 'what it is'], ...rows]));
}

function describe(recipe: Recipe) {
  const { kind, name, summary, paper, data, options } = recipe;
  const table = Object.entries(options).map(([option, declared]) => [option, optionJson(declared)]);
  return {
    name,
    kind,
    summary,
    paper,
    data,
    options: Object.fromEntries(table),
    presets: presetsOf(recipe),
  };
}

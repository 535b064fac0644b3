import { recipes } from '../../recipes/index.ts';
import { type Console, printJson, table } from '../console.ts';

/** `weir list`: the recipes, and with `--json` all their options. */
export function listRecipes(console: Console, { json }: { readonly json?: boolean }): void {
  if (json) {
    printJson(console, recipes.map(describe));
    return;
  }
  const rows = recipes.map(({ name, data, summary, paper }) => [name, data, `${summary} (${paper})`]);
  console.stdout.write(table([['recipe', 'data', 'what it is'], ...rows]));
}

function describe(recipe: (typeof recipes)[number]) {
  const { kind, name, summary, paper, data, options } = recipe;
  const table = Object.entries(options).map(([option, { help, fallback }]) => [
    option,
    { help, default: fallback },
  ]);
  const presets = recipe.kind === 'gan' ? recipe.presets : { agent: recipe.preset };
  return { name, kind, summary, paper, data, options: Object.fromEntries(table), presets };
}

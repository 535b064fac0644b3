import { given } from '../base/index.ts';
import {
  environmentsOf,
  type Option,
  type Preset,
  type Recipe,
  rangeText,
  schemaOf,
} from '../recipes/index.ts';
import { table } from './console.ts';

/** What a recipe is, and its options with default, unit, range and meaning. */
export function recipeText(recipe: Recipe): string {
  const presets = Object.values(presetsOf(recipe));
  const kinds = Object.keys(presetsOf(recipe));
  const heads = kinds.length === 1 ? ['default'] : kinds;
  const settings = [
    ['--steps', ...presets.map(({ steps }) => `${steps}`)],
    ...(recipe.kind === 'gan' ? [['--batch', ...presets.map(({ batch }) => `${batch}`)]] : []),
  ];
  const options = Object.entries(recipe.options).map(([name, option]) => [
    name,
    ...presets.map((preset) => `${preset.options[name] ?? option.fallback}`),
    option.unit ?? '',
    rangeText(option.rule),
    option.help,
  ]);
  return [
    `${recipe.name}: ${recipe.summary}\n${recipe.paper}\n`,
    recipe.kind === 'gan'
      ? `learns from ${kinds.join(' or ')} (default: ${recipe.data})\n\n`
      : `learns in ${environmentsOf(recipe)}\n\n`,
    `${table([['setting', ...heads], ...settings])}\n`,
    table([['--set option', ...heads, 'unit', 'range', 'what it is'], ...options]),
  ].join('');
}

/** The presets of a recipe by kind of data; that of an agent under `agent`. */
export function presetsOf(recipe: Recipe): Readonly<Record<string, Omit<Preset, 'batch'> & Partial<Preset>>> {
  return recipe.kind === 'gan' ? recipe.presets : { agent: recipe.preset };
}

/** An option for programs, its rule in the words of JSON Schema. */
export function optionJson({ help, fallback, unit, rule }: Option) {
  return { help, default: fallback, ...given({ unit }), ...schemaOf(rule) };
}

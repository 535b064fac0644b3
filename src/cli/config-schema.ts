import type { Command } from 'commander';
import { given } from '../base/index.ts';
import { type Recipe, recipes, schemaOf } from '../recipes/index.ts';
import { type Fields, schemaAddress, startFields } from '../runs/index.ts';
import { descriptionsOf } from './config-descriptions.ts';
import { launchFields } from './launch-fields.ts';
import { optionJson } from './recipe-text.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The JSON schema of configurations, draft 7, which editors know best: of files that start a run,
 * and of the `config.yaml` of runs. The recipe that a file names decides its hyper-parameters.
 * @param train the command, whose help describes the keys
 */
export function configSchema(train: Command): Json {
  const names = recipes.map(({ name }) => name);
  const { recipe, ...properties } = propertiesOf(startFields(undefined, launchFields), descriptionsOf(train));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: schemaAddress,
    title: 'Configuration of weir train',
    description: 'What weir train --config takes, and what config.yaml of a run holds.',
    type: 'object',
    properties: {
      // A script gives its run a name of its own.
      recipe: { anyOf: [recipe, { type: 'string' }], description: (recipe as Json).description },
      ...properties,
      script: { type: 'string', description: 'the script that has recorded the run, and starts it again' },
    },
    additionalProperties: false,
    if: { not: { required: ['script'] } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { recipe: { enum: names } }, allOf: recipes.map(ofRecipe) },
    definitions: Object.fromEntries(recipes.map((recipe) => [recipe.name, hyperParameters(recipe)])),
  };
}

function propertiesOf({ of }: Fields, help: Readonly<Record<string, string>>, before = ''): Json {
  const properties = Object.entries(of).map(([name, { rule }]) => {
    const path = `${before}${name}`;
    const description = help[path] ?? help[name];
    const own = rule.type === 'fields' ? mappingOf(propertiesOf(rule, help, `${path}.`)) : schemaOf(rule);
    return [name, { ...given({ description }), ...own }] as const;
  });
  return Object.fromEntries(properties);
}

function mappingOf(properties: Json): Json {
  return { type: 'object', properties, additionalProperties: false };
}

/** What holds where a file names this recipe. */
function ofRecipe(recipe: Recipe): Json {
  const { data, batch, evaluation } = startFields(recipe).of;
  const scores = Object.keys((evaluation!.rule as Fields).of);
  return {
    if: { properties: { recipe: { const: recipe.name } }, required: ['recipe'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      properties: {
        options: { $ref: `#/definitions/${recipe.name}` },
        evaluation: { propertyNames: { enum: scores } },
        ...(recipe.kind === 'agent' && {
          data: schemaOf(data!.rule as Parameters<typeof schemaOf>[0]),
          batch: schemaOf(batch!.rule as Parameters<typeof schemaOf>[0]),
        }),
      },
    },
  };
}

function hyperParameters(recipe: Recipe): Json {
  const properties = Object.entries(recipe.options).map(([name, option]) => {
    const { help, unit, default: fallback, ...rule } = optionJson(option);
    const description = unit === undefined ? help : `${help} [${unit}]`;
    return [name, { description, default: fallback, ...rule }] as const;
  });
  return mappingOf(Object.fromEntries(properties));
}

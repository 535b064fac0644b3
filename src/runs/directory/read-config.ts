import { finiteNumber, oneOf, show, wholeNumber } from '../../base/index.ts';
import { type ScoreName, scoreName } from '../../evaluation/index.ts';
import type { Recipe } from '../../recipes/index.ts';
import { checkLogEvery, findRecipe, recipes, unknown } from '../../recipes/index.ts';
import { checkPolicies } from '../alert-policies.ts';
import { RunDirectoryError } from '../errors.ts';
import { bestBy, inapplicable, possibleScores } from '../evaluation/evaluation-settings.ts';
import type { RecordedConfig, RunConfig } from './run-config.ts';

/** Throws a RangeError for a value against the rule. */
type Rule = (name: string, value: unknown) => unknown;

interface Field {
  readonly rule: Rule;
  readonly optional?: true;
}

const optional = (rule: Rule): Field => ({ rule, optional: true });
const count = (min: number, max?: number): Field => ({
  rule: (name, value) => wholeNumber(name, value, min, max),
});

const text: Field = {
  rule(name, value) {
    if (typeof value !== 'string' || value === '')
      throw new RangeError(`${name}: expected text, got ${show(value)}`);
  },
};

/**
 * The config of a run, checked as the options of the command line are.
 * @param content the parsed JSON
 * @param file what errors call it
 * @throws RunDirectoryError naming file, key, rule and value
 */
export function readConfig(content: unknown, file: string): RunConfig {
  if (isScript(content)) {
    const { script } = content;
    throw new RunDirectoryError(
      `${file}: expected the run of a recipe, got one that the script ${script} has recorded; run that script again, whose record() goes on with it`,
    );
  }
  inFile(file, () => {
    checkFields('', content, commonFields);
    checkFields('', content, fieldsOf(findRecipe((content as RunConfig).recipe)));
  });
  return content as RunConfig;
}

/**
 * The config of a run, be it of a recipe or of a script, checked likewise. @throws
 * RunDirectoryError
 */
export function readRecorded(content: unknown, file: string): RecordedConfig {
  if (!isScript(content)) return readConfig(content, file);
  const batch: Field = { ...commonFields.batch!, optional: true };
  const own = { script: text, recipe: text, options: { rule: recordOf }, batch };
  inFile(file, () => checkFields('', content, { ...commonFields, ...own }));
  return content as RecordedConfig;
}

function isScript(content: unknown): content is { readonly script: string } {
  return typeof (content as Partial<RecordedConfig> | null)?.script === 'string';
}

/** Names the file in what a check throws. */
function inFile(file: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RunDirectoryError(`${file}: ${error.message}`, { cause: error });
  }
}

const commonFields: Readonly<Record<string, Field>> = {
  weir: text,
  recipe: {
    rule: (name, value) =>
      oneOf(
        name,
        value,
        recipes.map((recipe) => recipe.name),
      ),
  },
  data: text,
  engine: text,
  steps: count(1),
  batch: count(1, 65_536),
  seed: count(0),
  checkpointEvery: count(1),
  logEvery: { rule: checkLogEvery },
  options: { rule: () => undefined },
  evaluation: optional(() => undefined),
  onAlert: optional((name, value) => {
    checkPolicies(name, recordOf(name, value));
  }),
};

/** What depends on the recipe. */
function fieldsOf(recipe: Recipe): Readonly<Record<string, Field>> {
  const { batch } = commonFields;
  return {
    ...commonFields,
    batch: recipe.kind === 'agent' ? count(1, 1) : batch!,
    options: { rule: (name, value) => checkFields(name, value, optionFields(recipe)) },
    evaluation: optional((name, value) => checkEvaluation(recipe, name, value)),
  };
}

function optionFields({ options }: Recipe): Record<string, Field> {
  const fields = Object.entries(options).map(([name, { fallback, parse }]): [string, Field] => [
    name,
    {
      rule(name, value) {
        // The command line has text for everything; a config does not.
        if (typeof fallback === 'number') finiteNumber(name, value);
        parse(name, value);
      },
    },
  ]);
  return Object.fromEntries(fields);
}

const evaluationFields: Readonly<Record<string, Field>> = {
  every: count(1),
  features: { ...text, optional: true },
  hash: { ...text, optional: true },
  scores: optional((name, value) => {
    if (!Array.isArray(value) || value.length === 0)
      throw new RangeError(`${name}: expected a list of scores, got ${show(value)}`);
    for (const score of value) scoreName(name, score);
  }),
  samples: { ...count(10), optional: true },
  episodes: { ...count(1, 1_000_000), optional: true },
  keepBest: optional((name, value) => scoreName(name, value as string)),
  background: optional((name, value) => {
    if (typeof value !== 'boolean')
      throw new RangeError(`${name}: expected true or false, got ${show(value)}`);
  }),
  stopAfter: { ...count(1), optional: true },
};

function checkEvaluation(recipe: Recipe, name: string, value: unknown): void {
  checkFields(name, value, evaluationFields);
  const evaluation = value as NonNullable<RunConfig['evaluation']>;
  const { keepBest, stopAfter, scores } = evaluation;
  const foreign = inapplicable(recipe, evaluation);
  if (foreign !== undefined)
    throw new RangeError(
      `${name}: expected nothing that recipe ${recipe.name} does not know, got ${foreign}`,
    );
  if (keepBest !== undefined)
    bestBy(`${name}.keepBest`, keepBest, possibleScores(recipe, scores as readonly ScoreName[] | undefined));
  else if (stopAfter !== undefined)
    throw new RangeError(`${name}.stopAfter: expected together with keepBest, got it alone`);
}

function checkFields(name: string, value: unknown, fields: Readonly<Record<string, Field>>): void {
  const record = recordOf(name || 'the config', value);
  const path = (key: string) => (name === '' ? key : `${name}.${key}`);
  for (const [key, { rule, optional }] of Object.entries(fields)) {
    if (Object.hasOwn(record, key)) rule(path(key), record[key]);
    else if (!optional) throw new RangeError(`${path(key)}: expected a value, got none`);
  }
  for (const key of Object.keys(record))
    if (!Object.hasOwn(fields, key)) throw new RangeError(unknown(name || 'key', key, Object.keys(fields)));
}

function recordOf(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw new RangeError(`${name}: expected an object, got ${show(value)}`);
}

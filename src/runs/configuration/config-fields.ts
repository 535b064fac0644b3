import { show } from '../../base/index.ts';
import { engineNames } from '../../engine/index.ts';
import { type ScoreName, scoreTable } from '../../evaluation/index.ts';
import {
  oursOf,
  type Recipe,
  recipes,
  unknownOption,
  type ValueRule,
  wholeRule,
} from '../../recipes/index.ts';
import { alertPolicies, runAlerts } from '../alert-policies.ts';
import {
  bestBy,
  type EvaluationSettings,
  onlyFor,
  possibleScores,
} from '../evaluation/evaluation-settings.ts';
import { type Field, FieldError, type Fields, fields } from './check-fields.ts';

const text: ValueRule = { type: 'text' };
const choices = (choices: readonly string[]): ValueRule => ({ type: 'choice', choices });

/** Which steps have a line in the log. */
const logEvery: ValueRule = { type: 'either', of: [choices(['auto']), wholeRule(1)] };

const recipeNames = choices(recipes.map(({ name }) => name));

const onAlert = fields(
  Object.fromEntries(runAlerts.map((alert) => [alert, optional({ rule: choices(alertPolicies) })])),
);

const evaluation = {
  every: { rule: wholeRule(1) },
  features: optional({ rule: text }),
  hash: optional({ rule: text }),
  scores: optional({ rule: { type: 'list', of: choices(Object.keys(scoreTable)) } }),
  samples: optional({ rule: wholeRule(10) }),
  episodes: optional({ rule: wholeRule(1, 1_000_000) }),
  keepBest: optional({ rule: choices(Object.keys(scoreTable)) }),
  background: optional({ rule: { type: 'boolean' } }),
  stopAfter: optional({ rule: wholeRule(1) }),
} satisfies Fields['of'];

/**
 * The keys of the configuration of a run, all of them given.
 * @param owner `script` where a script has recorded it, whose options are its own; undefined where
 * no recipe has the name that it names
 */
export function runFields(owner: Recipe | 'script' | undefined): Fields {
  const { recipe, data, engine, batch, decodeWorkers, options, evaluation, ...others } = keysOf(
    owner === 'script' ? undefined : owner,
  );
  const own =
    owner === 'script'
      ? {
          script: { rule: text },
          recipe: { rule: text },
          data,
          engine: { rule: text },
          batch: optional(batch),
        }
      : { recipe, data, engine, batch };
  return fields({
    weir: { rule: text },
    ...own,
    ...others,
    decodeWorkers: optional(decodeWorkers),
    options,
    evaluation: optional(evaluation),
    onAlert: optional({ rule: onAlert }),
  });
}

/** The keys of the configuration of a run that a script has recorded with a recipe of its own. */
export function scriptRecipeFields(own: Recipe): Fields {
  const { of } = runFields(own);
  return fields({ ...of, script: { rule: text }, recipe: { rule: choices([own.name]) } });
}

/**
 * The keys of a configuration to start a run from, none of which has to be given.
 * @param recipe undefined where none is named: hyper-parameters are not looked into then
 * @param more further keys
 */
export function startFields(recipe: Recipe | undefined, more: Fields['of'] = {}): Fields {
  const { options, evaluation, ...others } = keysOf(recipe);
  const { check: _, ...unchecked } = evaluation;
  const keys = {
    weir: { rule: text },
    ...others,
    options,
    evaluation: unchecked,
    onAlert: { rule: onAlert },
    ...more,
  };
  return allOptional(fields(keys, { unknown: unknownKey(recipe) }));
}

/** What an unknown key at the top is told: the name here, and where it stands. */
function unknownKey(recipe: Recipe | undefined): NonNullable<Fields['unknown']> {
  return (what, key, known) => {
    const ours = oursOf(key, known);
    const below = recipe && oursOf(key, Object.keys(recipe.options));
    if (ours?.names.length || !below?.names.length)
      return unknownOption(what, key, known, ({ name }) => name);
    const names = below.names.map((name) => `options.${name}`);
    return `${what}: expected one of ${known.join(', ')}, got ${show(key)}; here it is ${names.join(' and ')}`;
  };
}

/** What an unknown hyper-parameter is told. */
function unknownHyperParameter(what: string, key: string, known: readonly string[]): string {
  const outside = (name: string) => `${name}, outside of options`;
  if (!Object.hasOwn(keysOf(undefined), key))
    return unknownOption(what, key, known, ({ name }) => outside(name));
  return `${what}: expected one of ${known.join(', ')}, got ${show(key)}; here it is ${outside(key)}`;
}

function keysOf(recipe: Recipe | undefined) {
  return {
    recipe: { rule: recipeNames },
    data: { rule: recipe?.kind === 'agent' && !recipe.bridged ? choices([recipe.data]) : text },
    engine: { rule: choices(['auto', ...engineNames]) },
    steps: { rule: wholeRule(1) },
    batch: { rule: recipe?.kind === 'agent' ? wholeRule(1, 1) : wholeRule(1, 65_536) },
    seed: { rule: wholeRule() },
    checkpointEvery: { rule: wholeRule(1) },
    logEvery: { rule: logEvery },
    decodeWorkers: { rule: recipe?.kind === 'agent' ? wholeRule(0, 0) : wholeRule(0, 64) },
    options: { rule: recipe === undefined ? anything : optionFields(recipe) },
    evaluation: evaluationField(recipe),
  } satisfies Fields['of'];
}

/** A mapping with keys that only its owner knows. */
const anything: ValueRule = { type: 'mapping' };

function optionFields({ options }: Recipe): Fields {
  return fields(Object.fromEntries(Object.entries(options).map(([name, { rule }]) => [name, { rule }])), {
    unknown: unknownHyperParameter,
  });
}

function evaluationField(recipe: Recipe | undefined): Field {
  if (recipe === undefined) return { rule: fields(evaluation), check: checkTogether };
  const foreign: readonly string[] = onlyFor[recipe.kind === 'gan' ? 'agent' : 'gan'];
  const own = Object.entries(evaluation).filter(([name]) => !foreign.includes(name));
  return {
    rule: fields(Object.fromEntries(own)),
    check(name, value) {
      checkTogether(name, value);
      const { keepBest, scores } = value as EvaluationSettings;
      if (keepBest === undefined) return;
      inField([name, 'keepBest'], () =>
        bestBy(
          `${name}.keepBest`,
          keepBest,
          possibleScores(recipe, scores as readonly ScoreName[] | undefined),
        ),
      );
    },
  };
}

function checkTogether(name: string, value: unknown): void {
  const { keepBest, stopAfter } = value as EvaluationSettings;
  if (stopAfter === undefined || keepBest !== undefined) return;
  const message = `${name}.stopAfter: expected together with keepBest, got it alone`;
  throw new FieldError(message, [name, 'stopAfter'], 'key');
}

function inField(path: readonly string[], check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new FieldError((error as Error).message, path, 'value', error);
  }
}

function optional<F extends Field>(field: F): F & { readonly optional: true } {
  return { ...field, optional: true };
}

/** The same keys, none of which has to be given, at any depth. */
function allOptional({ of, ...more }: Fields): Fields {
  const eased = Object.entries(of).map(([name, field]): [string, Field] => [
    name,
    optional(field.rule.type === 'fields' ? { ...field, rule: allOptional(field.rule) } : field),
  ]);
  return { ...more, of: Object.fromEntries(eased) };
}

import { given } from '../../base/index.ts';
import { findRecipe } from '../../recipes/index.ts';
import type { AlertPolicies } from '../alert-policies.ts';
import { ConfigFileError } from '../errors.ts';
import type { EvaluationSettings } from '../evaluation/evaluation-settings.ts';
import type { RecipeRecording } from '../recording.ts';
import { checkFields, FieldError, type Fields } from './check-fields.ts';
import { startFields } from './config-fields.ts';
import { readConfigText } from './read-text.ts';
import { type Path, YamlText } from './yaml-text.ts';

/** What a configuration file says of a run; everything else comes from the recipe. */
export interface ConfigValues
  extends Pick<
    RecipeRecording,
    'data' | 'steps' | 'batch' | 'seed' | 'checkpointEvery' | 'logEvery' | 'decodeWorkers'
  > {
  /** The version of weir that has written the file. */
  readonly weir?: string;
  readonly recipe?: string;
  readonly engine?: string;
  /** Hyper-parameters by name. */
  readonly options?: Readonly<Record<string, number | string>>;
  readonly evaluation?: Partial<EvaluationSettings>;
  readonly onAlert?: AlertPolicies;
}

/** A configuration file whose values are checked. */
export interface ConfigFile<More = unknown> {
  readonly values: ConfigValues & Partial<More>;
  readonly text: string;
  /** `FILE:3:8` of the value at a path; undefined where the file has none there. */
  placeOf(path: Path): string | undefined;
}

/**
 * Reads a configuration in YAML 1.2 or JSON: the `config.yaml` of a run, or one that a person has
 * written.
 * @param recipe the recipe that is named elsewhere. @default that of the file
 * @param more keys that the caller knows in addition
 * @throws ConfigFileError naming file, line, column, key, rule and value
 */
export function readConfigFile<More = unknown>(
  file: string,
  { recipe, more = {} }: { readonly recipe?: string | undefined; readonly more?: Fields['of'] } = {},
): ConfigFile<More> {
  if (recipe !== undefined) findRecipe(recipe);
  const text = readConfigText(file);
  const yaml = new YamlText(text, file);
  const { recipe: named = recipe, script } = Object(yaml.value);
  if (typeof script === 'string')
    throw new ConfigFileError(
      `${file}: expected the configuration of a recipe, got that of a run that the script ${script} has recorded; start that script instead`,
    );
  try {
    if (named !== undefined) checkFields(startFields(undefined), { recipe: named });
    checkFields(startFields(named === undefined ? undefined : findRecipe(named), more), yaml.value);
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new ConfigFileError(`${yaml.place(error.path, error.part)}: ${error.message}`, { cause: error });
  }
  if (recipe !== undefined && named !== recipe)
    throw new ConfigFileError(
      `${yaml.place(['recipe'])}: recipe: expected ${recipe}, as the command says, or none, got ${named}`,
    );
  return {
    values: yaml.value as ConfigFile<More>['values'],
    text,
    placeOf: (path) => (has(yaml.value, path) ? yaml.place(path) : undefined),
  };
}

/**
 * What `record` takes of a configuration file, so that a script starts the run of it:
 * `record(run, { dir, ...readRecording(file) })`.
 * @throws ConfigFileError as `readConfigFile`, and where the file names no recipe
 */
export function readRecording(file: string): Omit<RecipeRecording, 'dir'> {
  const { values, text, placeOf } = readConfigFile(file);
  const { weir: _, recipe, options, evaluation, ...others } = values;
  if (recipe === undefined) throw new ConfigFileError(`${file}:1:1: recipe: expected a value, got none`);
  const { every, ...scored } = evaluation ?? {};
  if (evaluation !== undefined && every === undefined)
    throw new ConfigFileError(`${placeOf(['evaluation'])}: evaluation.every: expected a value, got none`);
  return {
    ...others,
    recipe,
    source: text,
    ...given({ set: options, evaluation: every === undefined ? undefined : { ...scored, every } }),
  };
}

function has(value: unknown, path: Path): boolean {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return false;
    inner = (inner as Record<string, unknown>)[key];
  }
  return true;
}

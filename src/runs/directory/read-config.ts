import { type Recipe, recipes } from '../../recipes/index.ts';
import { checkFields, FieldError, type Fields } from '../configuration/check-fields.ts';
import { runFields, scriptRecipeFields } from '../configuration/config-fields.ts';
import { YamlText } from '../configuration/yaml-text.ts';
import { ConfigFileError, RunDirectoryError } from '../errors.ts';
import type { RecordedConfig, RunConfig } from './run-config.ts';

/**
 * The config of a run, checked as the options of the command line are.
 * @param text YAML 1.2
 * @param file what errors call it
 * @param own the recipe, where a script has recorded the run with one of its own
 * @throws RunDirectoryError naming file, line, column, key, rule and value
 */
export function readConfig(text: string, file: string, own?: Recipe): RunConfig {
  return recipeConfig(parsed(text, file), file, own);
}

function recipeConfig(yaml: YamlText, file: string, own?: Recipe): RunConfig {
  const { recipe: name, batch } = Object(yaml.value);
  if (!isScript(yaml.value)) check(yaml, runFields(recipes.find((recipe) => recipe.name === name)));
  else if (own !== undefined && batch !== undefined) check(yaml, scriptRecipeFields(own));
  else
    throw new RunDirectoryError(
      `${file}: expected the run of a recipe that weir list has, got one ${recordedBy(yaml.value)}`,
    );
  return yaml.value as RunConfig;
}

/** What recorded the run of a script, and how it is opened. */
export function recordedBy({ script, batch }: Partial<RecordedConfig>): string {
  const call = batch === undefined ? 'loadRun(dir, { learner })' : 'loadRun(dir, { recipe })';
  return `which the script ${script} has recorded: start it again to go on, or call ${call} in a script`;
}

/**
 * The config of a run, be it of a recipe or of a script, checked likewise. @throws
 * RunDirectoryError
 */
export function readRecorded(text: string, file: string): RecordedConfig {
  const yaml = parsed(text, file);
  if (!isScript(yaml.value)) return recipeConfig(yaml, file);
  check(yaml, runFields('script'));
  return yaml.value as RecordedConfig;
}

function isScript(content: unknown): content is RecordedConfig & { readonly script: string } {
  return typeof (content as Partial<RecordedConfig> | null)?.script === 'string';
}

/** @throws RunDirectoryError for text that is no configuration */
function parsed(text: string, file: string): YamlText {
  try {
    return new YamlText(text, file);
  } catch (error) {
    if (!(error instanceof ConfigFileError)) throw error;
    throw new RunDirectoryError(error.message, { cause: error });
  }
}

/** Names the place in what a check throws. */
function check(yaml: YamlText, known: Fields): void {
  try {
    checkFields(known, yaml.value);
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new RunDirectoryError(`${yaml.place(error.path, error.part)}: ${error.message}`, { cause: error });
  }
}

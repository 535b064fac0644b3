import { given, version, warnProcess, wholeNumber } from '../base/index.ts';
import { type Engine, openEngine } from '../engine/index.ts';
import { type Assembly, findRecipe, recipes, resolveSettings } from '../recipes/index.ts';
import { assembleRecipe } from './assemble.ts';
import type { RecordedConfig } from './directory/run-config.ts';
import { resolveEvaluation } from './evaluation/evaluation-settings.ts';
import { openScorer, type Scorer } from './evaluation/scorer.ts';
import { openData } from './open-data.ts';
import type { RecipeRecording } from './recording.ts';
import type { RunContext } from './run-context.ts';

/** A run at its first step, before its directory is touched. */
export interface Prepared extends Pick<RunContext, 'config' | 'assembly'> {
  openScorer(): Promise<Scorer>;
}

/**
 * Opens data and engine of the run of a recipe and assembles it. @throws RangeError for an option
 * against its rule
 */
export async function prepareRecipe(recording: RecipeRecording): Promise<Prepared> {
  const { evaluation: chosen, onAlert, warn = warnProcess } = recording;
  const recipe = typeof recording.recipe === 'string' ? findRecipe(recording.recipe) : recording.recipe;
  const seed = wholeNumber('seed', recording.seed ?? 1);
  const { data, dataset } = await openData(recipe, recording.data, { seed }, warn);
  const set = recording.set instanceof Map ? recording.set : new Map(Object.entries(recording.set ?? {}));
  const settings = resolveSettings(recipe, dataset, { ...recording, seed, set });
  const evaluation = chosen && (await resolveEvaluation(recipe, chosen));
  const own = !recipes.includes(recipe);
  if (own && evaluation?.background)
    throw new RangeError(
      `evaluation.background: expected a recipe of weir list, which a thread can build, got ${recipe.name}`,
    );
  const engine = await engineOf(recording.engine ?? 'auto', warn);
  const config: RecordedConfig = {
    weir: version,
    ...(own && { script: scriptPath() }),
    recipe: recipe.name,
    data,
    engine: engine.name,
    ...settings,
    ...given({ evaluation, onAlert }),
  };
  const assembly: Assembly = assembleRecipe(recipe, { ...settings, data }, dataset, engine);
  return { config, assembly, openScorer: () => openScorer(assembly, evaluation!, engine) };
}

/** An engine that is given, or named, or opened by a function. @throws as `openEngine` does */
async function engineOf(
  engine: NonNullable<RecipeRecording['engine']>,
  warn: RunContext['warn'],
): Promise<Engine> {
  if (typeof engine === 'function') return engine();
  return typeof engine === 'string' ? (await openEngine(engine, { warn })).engine : engine;
}

/** The path of the script that this process runs. */
export function scriptPath(): string {
  return process.argv[1] ?? 'script';
}

import { type OptionNames, requireMember, requireOptions, show } from '../base/index.ts';
import { unknownOption } from '../recipes/index.ts';
import type { Run } from '../streams/index.ts';
import type { EvaluationOptions } from './evaluation/evaluation-settings.ts';
import {
  hookNames,
  type RecipeRecording,
  type Recording,
  type ScriptEvaluation,
  type ScriptRecording,
} from './recording.ts';

const common = { dir: true, resume: true, checkpointEvery: true, logEvery: true, ...hookNames } as const;
const ofRecipe: OptionNames<RecipeRecording> = {
  ...common,
  recipe: true,
  data: true,
  engine: true,
  steps: true,
  batch: true,
  seed: true,
  set: true,
  decodeWorkers: true,
  evaluation: true,
  source: true,
};
const ofScript: OptionNames<ScriptRecording> = {
  ...common,
  name: true,
  config: true,
  learner: true,
  steps: true,
  events: true,
  draw: true,
  evaluate: true,
  seed: true,
  data: true,
  engine: true,
  evaluation: true,
};
const evaluationOfScript: OptionNames<ScriptEvaluation> = {
  every: true,
  keepBest: true,
  stopAfter: true,
  score: true,
  close: true,
};
const evaluationOfRecipe: OptionNames<EvaluationOptions> = {
  every: true,
  features: true,
  scores: true,
  samples: true,
  episodes: true,
  keepBest: true,
  background: true,
  hash: true,
  stopAfter: true,
};

/**
 * Refuses what a script without a compiler may give to `record`.
 * @throws TypeError or RangeError with the name of the option, the rule and the value
 */
export function checkRecording(run: Run, recording: Recording): void {
  requireMember('record: run', 'a Run', run, 'stop');
  requireOptions('record', recording, namesOf(recording), foreignName);
  const { dir, evaluation } = recording;
  if (typeof dir !== 'string' || dir === '')
    throw new TypeError(`dir: expected the path of a directory, got ${show(dir)}`);
  const names = 'recipe' in recording ? evaluationOfRecipe : evaluationOfScript;
  if (evaluation !== undefined) requireOptions('evaluation', evaluation, names);
  if ('recipe' in recording) {
    const { recipe } = recording;
    if (typeof recipe !== 'string') requireMember('recipe', 'a recipe, or the name of one', recipe, 'build');
    return;
  }
  requireMember('learner', 'a learner such as a Trainer', recording.learner, 'restore');
  requireMember('config', 'an object', recording.config);
  if (typeof recording.events !== 'function')
    throw new TypeError(`events: expected a function, got ${show(recording.events)}`);
}

function namesOf(recording: Recording): object {
  const { recipe, learner } = Object(recording) as { readonly recipe?: unknown; readonly learner?: unknown };
  if (recipe !== undefined) return ofRecipe;
  return learner === undefined ? { ...ofRecipe, ...ofScript } : ofScript;
}

/** What another library's option is told: its name here. */
function foreignName(what: string, name: string, known: readonly string[]): string {
  return unknownOption(what, name, known, (run) => run.name);
}

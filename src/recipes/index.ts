export { agentEvaluationBarrier } from './agent-evaluation.ts';
export { assemble } from './assemble.ts';
export type { AgentAssembly, Arena, Assembly, GanAssembly, Verdict } from './assembly.ts';
export { bestCheckpoint, hasBestCheckpoint, readBest, writeBest } from './best-checkpoint.ts';
export { findRecipe, recipes } from './catalogue.ts';
export { checkpointOf, restore } from './checkpoint-state.ts';
export { type ComparedRun, comparedRun } from './compared-run.ts';
export { type ComparedCell, type ComparedValue, comparison, scoredOn } from './comparison.ts';
export { RollbackError, RunDirectoryError, RunLockLostError, StoppedByAlertError } from './errors.ts';
export { evaluationAside } from './evaluation-aside.ts';
export { EvaluationJudge } from './evaluation-judge.ts';
export {
  type EvaluationSettings,
  type EvaluationWishes,
  scoresOf,
  settleEvaluation,
} from './evaluation-settings.ts';
export { type Aside, type Execution, execute, type Tell } from './execute.ts';
export { FeatureFileError, readFeatures, writeFeatures } from './feature-file.ts';
export { interpolate } from './interpolate.ts';
export type { Learner } from './learner.ts';
export { type MemorisationCheck, memorisationCheck } from './memorisation-check.ts';
export { openData } from './open-data.ts';
export { openFeatures } from './open-features.ts';
export { choice, type Option, type Options, real, resolveOptions, type ValuesOf, whole } from './option.ts';
export { readEvaluations } from './read-evaluations.ts';
export {
  type AgentCircumstances,
  type AgentRecipe,
  agentRecipe,
  type GanRecipe,
  type Preset,
  type Recipe,
  recipe,
  type Training,
} from './recipe.ts';
export { type Ending, type Report, Reporter } from './report.ts';
export { restoreLatest, resume } from './resume.ts';
export { freeRunDirectory, type RunConfig, RunDirectory } from './run-directory.ts';
export { type Evaluating, evaluationBarrier, openEvaluator, runEvaluations } from './run-evaluation.ts';
export { RunLock } from './run-lock.ts';
export { type Settings, settle, type Wishes } from './settings.ts';
export { isMixture, picturedSamples, score, scoreText, writePicture } from './show-samples.ts';
export { type Stages, unmeasured } from './stages.ts';
export { type RollbackOrder, Steering } from './steering.ts';
export { type TransferCheck, transferCheck } from './transfer-check.ts';

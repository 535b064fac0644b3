export { onStopSignals, type StopSignal, startedByNohup, stopOnSignals } from '../base/index.ts';
export {
  type AlertPolicies,
  type AlertPolicy,
  policiesOf,
  type RunAlert,
  runAlerts,
} from './alert-policies.ts';
export { assemble } from './assemble.ts';
export { checkpointOf, restore } from './checkpoint-state.ts';
export { type ComparedRun, comparedRun } from './comparison/compared-run.ts';
export {
  type ComparedCell,
  type ComparedValue,
  comparison,
  type Incomparable,
  incomparable,
  scoredOn,
} from './comparison/comparison.ts';
export { checkFields, type Field, FieldError, type Fields } from './configuration/check-fields.ts';
export { startFields } from './configuration/config-fields.ts';
export {
  type ConfigFile,
  type ConfigValues,
  readConfigFile,
  readRecording,
} from './configuration/config-file.ts';
export { schemaAddress, schemaLine } from './configuration/run-yaml.ts';
export type { Path } from './configuration/yaml-text.ts';
export { bestCheckpoint, hasBestCheckpoint, readBest, writeBest } from './directory/best-checkpoint.ts';
export type { Columns } from './directory/curve.ts';
export { GrowingFile } from './directory/growing-file.ts';
export { type ListedRun, listRuns } from './directory/list-runs.ts';
export { LogIndex, type Stretch } from './directory/log-index.ts';
export { type LogLine, parseLines } from './directory/parse-lines.ts';
export { readEvaluations } from './directory/read-evaluations.ts';
export { Reporter } from './directory/report.ts';
export { rewindStepLog } from './directory/rewind-step-log.ts';
export { RunCatalog, runId } from './directory/run-catalog.ts';
export type { RecordedConfig, RunConfig } from './directory/run-config.ts';
export { freeRunDirectory, RunDirectory } from './directory/run-directory.ts';
export {
  type Evaluation,
  evaluationsIn,
  isRunEvent,
  type LoggedRunEvent,
  RunEventLog,
  readRunEvents,
} from './directory/run-event-log.ts';
export type { RunState } from './directory/run-files.ts';
export { RunLock } from './directory/run-lock.ts';
export { eventsShown, type LogListener, RunRecord, type RunSummary } from './directory/run-record.ts';
export type { Ending, Report } from './directory/run-report.ts';
export { type LogTrouble, StepLog, type StepLogOptions } from './directory/step-log.ts';
export {
  ConfigFileError,
  RollbackError,
  RunDirectoryError,
  RunLockLostError,
  SampleWriteError,
  SamplingStoppedError,
  StoppedByAlertError,
} from './errors.ts';
export {
  type EvaluationOptions,
  type EvaluationSettings,
  resolveEvaluation,
} from './evaluation/evaluation-settings.ts';
export { EvaluationTracker } from './evaluation/evaluation-tracker.ts';
export { FeatureFileError, readFeatures, writeFeatures } from './evaluation/feature-file.ts';
export { type MemorisationCheck, memorisationCheck } from './evaluation/memorisation-check.ts';
export { openFeatures } from './evaluation/open-features.ts';
export { runEvaluations } from './evaluation/run-evaluation.ts';
export {
  greedyScorer,
  openEvaluator,
  openScorer,
  type Scorer,
  sampleScorer,
} from './evaluation/scorer.ts';
export { type TransferCheck, transferCheck } from './evaluation/transfer-check.ts';
export { hasMetrics } from './events/has-metrics.ts';
export type { RunEvent, RunObserver } from './events/run-observer.ts';
export { RunObservers } from './events/run-observers.ts';
export { type Barrier, type Execution, execute } from './execute.ts';
export {
  type LoadedAgent,
  type LoadedGan,
  type LoadedRun,
  type LoadedScript,
  type LoadOptions,
  loadRun,
  type RunKind,
} from './load-run.ts';
export {
  type OpenedAssembly,
  type OpeningOptions,
  openAssembly,
  openRunEngine,
} from './open-assembly.ts';
export { openData } from './open-data.ts';
export { record } from './record.ts';
export type {
  RecipeRecording,
  Recording,
  RunHooks,
  ScriptEvaluation,
  ScriptRecording,
} from './recording.ts';
export { type Restored, restoreLatest, resume } from './resume.ts';
export { type ResumeOptions, resumeRun } from './resume-run.ts';
export { type OpenExtension, type RunContext, type RunExtension, runContext } from './run-context.ts';
export { type ControlledRun, type RollbackOrder, RunControl } from './run-control.ts';
export { GanSampler, type SampleOptions } from './sampling/gan-sampler.ts';
export { readLatent } from './sampling/read-latent.ts';
export { formatEndings, type SampleFormat, type SaveOptions } from './sampling/save-options.ts';
export { type SavedSamples, saveSamples } from './sampling/save-samples.ts';
export { weightsHash } from './weights-hash.ts';

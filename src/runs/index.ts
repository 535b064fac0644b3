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
export { bestCheckpoint, hasBestCheckpoint, readBest, writeBest } from './directory/best-checkpoint.ts';
export type { Columns } from './directory/curve.ts';
export { GrowingFile } from './directory/growing-file.ts';
export { type ListedRun, listRuns } from './directory/list-runs.ts';
export { LogIndex, type Stretch } from './directory/log-index.ts';
export { type LogLine, parseLines } from './directory/parse-lines.ts';
export { readEvaluations } from './directory/read-evaluations.ts';
export { type Ending, type Report, Reporter } from './directory/report.ts';
export { rewindStepLog } from './directory/rewind-step-log.ts';
export { RunCatalog, runId } from './directory/run-catalog.ts';
export {
  freeRunDirectory,
  type RecordedConfig,
  type RunConfig,
  RunDirectory,
} from './directory/run-directory.ts';
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
export { type LogTrouble, StepLog, type StepLogOptions } from './directory/step-log.ts';
export { RollbackError, RunDirectoryError, RunLockLostError, StoppedByAlertError } from './errors.ts';
export { agentEvaluationBarrier } from './evaluation/agent-evaluation.ts';
export { backgroundEvaluation } from './evaluation/background-evaluation.ts';
export {
  type EvaluationOptions,
  type EvaluationSettings,
  resolveEvaluation,
  scoresOf,
} from './evaluation/evaluation-settings.ts';
export { EvaluationTracker } from './evaluation/evaluation-tracker.ts';
export { FeatureFileError, readFeatures, writeFeatures } from './evaluation/feature-file.ts';
export { type MemorisationCheck, memorisationCheck } from './evaluation/memorisation-check.ts';
export { openFeatures } from './evaluation/open-features.ts';
export {
  type Evaluating,
  evaluationBarrier,
  openEvaluator,
  runEvaluations,
} from './evaluation/run-evaluation.ts';
export { type TransferCheck, transferCheck } from './evaluation/transfer-check.ts';
export { hasMetrics } from './events/has-metrics.ts';
export type { RunEvent, RunObserver } from './events/run-observer.ts';
export { RunObservers } from './events/run-observers.ts';
export { type Execution, execute, type ObserverFactory, type Tell } from './execute.ts';
export {
  type LoadedAgent,
  type LoadedGan,
  type LoadedRun,
  type LoadOptions,
  loadRun,
} from './load-run.ts';
export {
  type OpenedAssembly,
  type OpeningOptions,
  openAssembly,
  openRunEngine,
} from './open-assembly.ts';
export { openData } from './open-data.ts';
export { type Recording, record } from './record.ts';
export { restoreLatest, resume } from './resume.ts';
export { type RollbackOrder, RunControl } from './run-control.ts';

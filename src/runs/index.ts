export { assemble } from './assemble.ts';
export { checkpointOf, restore } from './checkpoint-state.ts';
export { type ComparedRun, comparedRun } from './comparison/compared-run.ts';
export { type ComparedCell, type ComparedValue, comparison, scoredOn } from './comparison/comparison.ts';
export { bestCheckpoint, hasBestCheckpoint, readBest, writeBest } from './directory/best-checkpoint.ts';
export type { Columns } from './directory/curve.ts';
export { EventLog, type EventLogOptions, type LogTrouble } from './directory/event-log.ts';
export { GrowingFile } from './directory/growing-file.ts';
export { LogIndex, type Stretch } from './directory/log-index.ts';
export type { LogEvery } from './directory/log-rule.ts';
export {
  type Evaluation,
  evaluationsIn,
  isNotice,
  type KeptNotice,
  NoticeLog,
  readNotices,
} from './directory/notice-log.ts';
export { type LogLine, parseLines } from './directory/parse-lines.ts';
export { readEvaluations } from './directory/read-evaluations.ts';
export { type Ending, type Report, Reporter } from './directory/report.ts';
export { rewindEventLog } from './directory/rewind-log.ts';
export { freeRunDirectory, type RunConfig, RunDirectory } from './directory/run-directory.ts';
export type { RunState } from './directory/run-files.ts';
export { RunLock } from './directory/run-lock.ts';
export { type LogListener, RunRecord } from './directory/run-record.ts';
export { RunShelf, runId } from './directory/run-shelf.ts';
export { RollbackError, RunDirectoryError, RunLockLostError, StoppedByAlertError } from './errors.ts';
export { agentEvaluationBarrier } from './evaluation/agent-evaluation.ts';
export { evaluationAside } from './evaluation/evaluation-aside.ts';
export { EvaluationJudge } from './evaluation/evaluation-judge.ts';
export {
  type EvaluationSettings,
  type EvaluationWishes,
  scoresOf,
  settleEvaluation,
} from './evaluation/evaluation-settings.ts';
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
export { Audience } from './events/audience.ts';
export type { Notice, Observer } from './events/observer.ts';
export { tells } from './events/tells.ts';
export { type Aside, type Execution, execute, type Tell } from './execute.ts';
export { openData } from './open-data.ts';
export { restoreLatest, resume } from './resume.ts';
export { type RollbackOrder, Steering } from './steering.ts';

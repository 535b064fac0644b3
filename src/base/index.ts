export { finiteNumber, isRecord, oneOf, positiveNumber, show, wholeNumber } from './check.ts';
export { monotonicSeconds, wallSeconds, wallTime } from './clock.ts';
export { ClockSampler } from './clock-sampler.ts';
export { didYouMean, hintOf } from './did-you-mean.ts';
export { type ErrorKind, systemCode, WeirError } from './errors.ts';
export { given } from './given.ts';
export {
  type OptionNames,
  requireKnown,
  requireMember,
  requireOptions,
  unknownName,
} from './known-options.ts';
export {
  heartbeatSeconds,
  isHeld,
  isVisible,
  type LockHolder,
  newHolder,
  parseHolder,
  silenceLimit,
} from './lock-file.ts';
export {
  ignoreHangupUnderNohup,
  onStopSignals,
  type StopSignal,
  startedByNohup,
  stopOnSignals,
} from './stop-signals.ts';
export { version } from './version.ts';
export { quietly, type Warn, warnProcess } from './warn.ts';
export { withCleanup, withCleanupSync } from './with-cleanup.ts';
export { type Parts, writeStream } from './write-stream.ts';
export { isLeftOver, syncFolder, writeWhole } from './write-whole.ts';

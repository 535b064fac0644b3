import { WeirError } from '../base/index.ts';

/** A run directory cannot be used as asked: it holds another run, holds none, or is in use. */
export class RunDirectoryError extends WeirError {
  readonly code = 'RUN_DIRECTORY';
  readonly kind = 'input';
}

/**
 * A run is over and its report could not be written: `cause` has the reason. Its last checkpoint is
 * written.
 */
export class ReportWriteError extends WeirError {
  readonly code = 'REPORT_WRITE';
  readonly kind = 'failure';
}

/** Samples were being written when a signal came: what is written is whole. */
export class SamplingStoppedError extends WeirError {
  readonly code = 'SAMPLING_STOPPED';
  readonly kind = 'failure';
}

/** A file of samples could not be written: what is written is whole. */
export class SampleWriteError extends WeirError {
  readonly code = 'SAMPLE_WRITE';
  readonly kind = 'failure';
}

/** An alert whose policy is to stop the run has stopped it, after a checkpoint. */
export class StoppedByAlertError extends WeirError {
  readonly code = 'STOPPED_BY_ALERT';
  readonly kind = 'policy';
}

/**
 * A run cannot be rolled back (again): there is no good checkpoint, or it has diverged too often.
 */
export class RollbackError extends WeirError {
  readonly code = 'ROLLBACK';
  readonly kind = 'policy';
}

/**
 * The run directory was removed, or another process has taken it, while the run went on: nothing
 * more is written to it.
 */
export class RunLockLostError extends WeirError {
  readonly code = 'RUN_LOCK_LOST';
  readonly kind = 'failure';
}

/** A configuration file cannot be read, or a line of it is against a rule. */
export class ConfigFileError extends WeirError {
  readonly code = 'CONFIG_FILE';
  readonly kind = 'input';
}

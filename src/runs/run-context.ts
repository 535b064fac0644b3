import { quietly, type Warn, warnProcess } from '../base/index.ts';
import type { Stages, Trainable } from '../recipes/index.ts';
import { Run } from '../streams/index.ts';
import type { RecordedConfig } from './directory/run-config.ts';
import type { RunDirectory } from './directory/run-directory.ts';
import type { Report } from './directory/run-report.ts';
import type { RunObserver } from './events/run-observer.ts';
import { RunObservers } from './events/run-observers.ts';
import { RunControl } from './run-control.ts';

/** A run and what takes part in it. It is made first, and everything else takes it. */
export interface RunContext {
  readonly directory: RunDirectory;
  readonly config: RecordedConfig;
  readonly assembly: Trainable;
  readonly run: Run;
  /** Takes events for all observers of the run. */
  readonly events: RunObservers;
  readonly control: RunControl;
  /** Called with what went wrong without ending the run. */
  readonly warn: Warn;
}

/** The context of a run, before its directory is touched. */
export function runContext({
  run = new Run(),
  warn = warnProcess,
  ...parts
}: Pick<RunContext, 'directory' | 'config' | 'assembly'> &
  Partial<Pick<RunContext, 'run' | 'warn'>>): RunContext {
  const events = new RunObservers(quietly(warn));
  const control = new RunControl({ run, events, learner: parts.assembly.learner });
  return { ...parts, run, warn: quietly(warn), events, control };
}

/** What takes part in a run beside its steps: a live page, telemetry, a progress line. */
export interface RunExtension {
  /** See all that happens. The run closes them. */
  readonly observers?: readonly RunObserver[];
  /** Measures the stages of the stream. */
  readonly stages?: Stages;
  /** Whether it acts on `onAlert`. */
  readonly raisesAlerts?: boolean;
  /** Takes the report of a run that has not failed, while its directory is still locked. */
  onReport?(report: Report): unknown;
  /** Closes what no observer closes, after the run, also where it has not begun. */
  close?(): unknown;
}

/**
 * Opens an extension before the directory of the run is touched. What it throws refuses the run.
 */
export type OpenExtension = (context: RunContext) => RunExtension | Promise<RunExtension>;

import type { PhasePlace, StepEvent } from '../../streams/index.ts';

/** What happens to a run beside its steps. `index` is always that of the next step. */
export type RunEvent =
  | { readonly kind: 'started'; readonly index: number; readonly steps: number }
  | {
      readonly kind: 'checkpoint';
      readonly index: number;
      readonly seconds: number;
      readonly bytes: number;
      readonly path: string;
      /** Seconds of training up to here, over all executions that led to this checkpoint. */
      readonly elapsed?: number;
    }
  | { readonly kind: 'checkpoint-failed'; readonly index: number; readonly message: string }
  | { readonly kind: 'samples'; readonly index: number; readonly path: string }
  | {
      readonly kind: 'evaluation';
      readonly index: number;
      readonly seconds: number;
      /** Scores by name, such as `fid`, `precision`, `returnMean`. */
      readonly values: Readonly<Record<string, number>>;
    }
  /**
   * An evaluation that was due at this step was not done when the run was interrupted, and cannot
   * be done any more.
   */
  | { readonly kind: 'evaluation-missed'; readonly index: number }
  | {
      readonly kind: 'alert';
      readonly index: number;
      readonly rule: string;
      readonly severity: 'info' | 'warning' | 'critical';
      readonly message: string;
    }
  /** A file of the run cannot be written at present; its lines are kept and written later. */
  | { readonly kind: 'write-failed'; readonly index: number; readonly file: string; readonly message: string }
  /**
   * The file can be written again. Lines that did not fit into memory are lost: `lost` of them, of
   * steps `from` to `to`.
   */
  | {
      readonly kind: 'write-recovered';
      readonly index: number;
      readonly file: string;
      readonly lost: number;
      readonly from?: number;
      readonly to?: number;
    }
  /**
   * The run is in this phase from this step on: at its start, after a resume, and at every border.
   */
  | ({ readonly kind: 'phase'; readonly index: number } & PhasePlace)
  /**
   * In a run of several phases a player has taken its first step since the run was started or
   * resumed. `seconds` is what that step took; an engine that compiles has compiled in it.
   */
  | {
      readonly kind: 'first-step';
      readonly index: number;
      readonly player: string;
      readonly seconds: number;
    }
  /** A control action was asked of the run. */
  | {
      readonly kind: 'asked';
      readonly index: number;
      readonly action: 'pause' | 'resume' | 'checkpoint' | 'stop';
    }
  /** The learning rates are multiplied with a factor from this step on. */
  | { readonly kind: 'rate'; readonly index: number; readonly factor: number }
  /** An error has ended the stream. The run ends with it, or is rolled back. */
  | {
      readonly kind: 'fault';
      readonly index: number;
      readonly code: string;
      readonly message: string;
      /** The player of the step, where it is known. */
      readonly player?: string;
    }
  /**
   * The run is back at the checkpoint of step `index`, from step `from`, and its learning rates are
   * multiplied with a factor.
   */
  | {
      readonly kind: 'rollback';
      readonly index: number;
      readonly from: number;
      readonly reason: string;
      readonly factor: number;
    }
  /** A write to stdout or stderr has failed, and nothing more is written there. */
  | {
      readonly kind: 'output-lost';
      readonly index: number;
      readonly stream: 'stdout' | 'stderr';
      /** Of the system: `EPIPE`, `EIO`, `ENOSPC`, ... */
      readonly code: string;
    }
  | {
      readonly kind: 'ended';
      readonly index: number;
      readonly ended: 'finished' | 'stopped' | 'failed';
      /** Seconds of training, over all executions. */
      readonly elapsed?: number;
      /** What ended it, where it failed. */
      readonly error?: { readonly code: string; readonly message: string };
    };

/**
 * Watches a run: a log, metrics, traces, a page. It can neither slow nor end the run: an error that
 * it throws becomes a warning, and the observer is not called again.
 */
export interface RunObserver {
  /** In warnings: `the log`, `progress`. */
  readonly name: string;
  onStep?(event: StepEvent): void;
  /**
   * Called for several steps without metrics at once, since an agent's steps within an episode take
   * less time than a call.
   * @param seconds what they took together
   * @param last the event of the last step, as if it were one of them and each had taken as long
   */
  onBatched?(steps: number, seconds: number, last: StepEvent): void;
  onEvent?(event: RunEvent): void;
  /** Finishes what it has begun, after the last step and before the report. It is waited for. */
  finish?(): Promise<void>;
  /** Called with the name of each observer that has failed and is gone. It must not throw. */
  onLost?(observer: string): void;
  /** Flushes and lets go, after the run has ended. It is waited for. */
  close?(): void | Promise<void>;
}

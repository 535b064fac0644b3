import type { StepEvent } from '../../streams/index.ts';

/** How a run ended: all its steps done, asked to stop, or ended by an error. */
export type Ending = 'finished' | 'stopped' | 'failed';

/** What `report.json` holds. */
export interface Report {
  readonly recipe: string;
  readonly data: string;
  readonly engine: string;
  readonly ended: Ending;
  /** What ended it, where it failed. */
  readonly error?: { readonly code: string; readonly message: string };
  /** Steps done since the very beginning. */
  readonly steps: number;
  /** The step at which this execution began: 0, or that of the checkpoint. */
  readonly startedAt: number;
  /** Seconds of this execution. */
  readonly seconds: number;
  /**
   * Seconds of all executions that led here: what was done between a checkpoint and a kill is not
   * among them.
   */
  readonly totalSeconds: number;
  /** Of this execution. */
  readonly stepsPerSecond: number;
  /** Of these seconds, those in which steps have waited for their batches; absent of agents. */
  readonly dataSeconds?: number;
  /** Of a run of several phases, the steps and seconds of each in this execution. */
  readonly phases?: readonly { readonly name: string; readonly steps: number; readonly seconds: number }[];
  /** The last values of each player. */
  readonly values: Readonly<Record<string, StepEvent['values']>>;
  /**
   * How good the run has become, where that can be judged: the modes that samples cover, the
   * returns of an agent.
   */
  readonly quality?: Readonly<Record<string, number>>;
  /** The same in words. */
  readonly verdict?: string;
  readonly picture?: string;
  readonly checkpoint?: string;
  /** Lines that could not be written, by file: `log.jsonl`. Absent where all are. */
  readonly unwritten?: Readonly<Record<string, number>>;
}

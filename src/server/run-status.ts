import type { RunState } from '../runs/index.ts';
import type { Stage } from './stage-meter.ts';

/** How a run is doing at present. */
export interface RunStatus {
  readonly state: RunState;
  /** Steps done. */
  readonly done: number;
  readonly stages: readonly Stage[];
}

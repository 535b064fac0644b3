import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tree, Value } from '../../engine/index.ts';

/** A learning rate: a constant, or a pure function of the step's index. */
export type Rate = number | ((index: number) => number);

/** Trees of the same structure as the weights, before and after an update. */
export interface Update {
  readonly weights: Tree<Tensor>;
  readonly slots: Tree<Tensor>;
  /** Metrics for the event of the step, if any. */
  readonly values?: Readonly<Record<string, Tensor>>;
}

/**
 * An optimiser as pure functions: what it remembers (`slots`: moments, step count) is part of the
 * state tree.
 */
export interface Optimizer {
  readonly name: string;
  /** Used where the step brings no rate of its own. */
  readonly rate: Rate;
  init(weights: Tree<Value>): Tree<Value>;
  /**
   * One step against the gradients. `rate` is a scalar input of the program, so that schedules need
   * no new graph.
   */
  update(gradients: Tree<Tensor>, slots: Tree<Tensor>, weights: Tree<Tensor>, rate: Tensor): Update;
}

import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tree } from './tree.ts';

/** The result of a program: the whole next state, and its outputs. */
export interface Result {
  /**
   * The next state, a tree of the same structure, shapes and types. A leaf that does not change is
   * passed on as it is.
   */
  readonly state: Tree<Tensor>;
  /** Results for the host: losses, gauges, samples. */
  readonly outputs: Tree<Tensor>;
}

/**
 * One step of training (or sampling) as a pure function over tensors, written with the
 * TensorFlow.js API.
 *
 * Pure means: the result depends on `state` and `inputs` only, shapes depend on shapes only, and no
 * value is read inside (`dataSync`, `arraySync`) nor drawn inside (`tf.randomNormal`). Random
 * numbers, learning rates, batches and everything else that changes from step to step are inputs: a
 * compiling engine runs `run` once and bakes every JavaScript number that it meets. Engines know a
 * program by identity, so make it once and keep it.
 */
export interface Program {
  /** Shown in errors, traces and profiles: `wgan-gp/critic`. */
  readonly name: string;
  /** The player whose step it is, for metrics. @default none */
  readonly player?: string;
  /** The name of the input, a scalar, that is the learning rate. @default none */
  readonly learningRate?: string;
  run(state: Tree<Tensor>, inputs: Tree<Tensor>): Result;
}

import type { Value } from '../../value.ts';
import type { Model } from '../emit/emit.ts';
import type { OnnxOptions } from './options.ts';

/** A tensor that stays with a runtime from run to run. */
export interface Tensor {
  readonly value: Value;
  release(): void;
}

/**
 * What a run reads from or writes into: a tensor of the runtime, or one of the host for this run
 * alone.
 */
export type Operand = Tensor | Value;

/** How models are loaded. */
export interface ModelOptions extends Required<OnnxOptions> {
  /** The beginning of the path of the profile to be written. */
  readonly profileTo?: string;
}

/** A model that onnxruntime has loaded. */
export interface LoadedModel {
  /**
   * Reads `from`, in the order of the model's inputs, and writes into `into`, in the order of its
   * outputs. Where the runtime computes on the calling thread it is done at once, otherwise when
   * the promise is.
   */
  run(from: readonly Operand[], into: readonly Operand[]): void | Promise<void>;
  /** Writes the profile, if profiling was asked for. */
  endProfiling(): void;
  release(): void;
}

/** onnxruntime, as far as an engine needs it. */
export interface Runtime {
  readonly version: string;
  /** Whether results are written where they belong; otherwise they are copied. */
  readonly inPlace: boolean;
  /**
   * The value as a tensor of the runtime, which may read from it and write into it where it lies.
   */
  tensor(value: Value): Tensor;
  load(model: Model, options: ModelOptions): LoadedModel | Promise<LoadedModel>;
}

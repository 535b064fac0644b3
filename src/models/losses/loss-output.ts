import type { Tensor } from '@tensorflow/tfjs-core';

/** What a player minimises, a scalar, and the metrics of its event. */
export interface LossOutput {
  readonly loss: Tensor;
  readonly values?: Readonly<Record<string, Tensor>>;
}

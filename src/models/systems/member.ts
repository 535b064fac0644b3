import type { Tensor } from '@tensorflow/tfjs-core';
import type { InputSpec, Layer } from '../layers/layer.ts';

/** A network of a game. */
export interface Member {
  readonly layer: Layer;
  /** The shape of one example of its input. */
  readonly input: readonly number[];
  /** What is known of its inputs beside their shape. */
  readonly inputs?: InputSpec;
  /** What its output is by name, where it is used by itself. @default one, named by its role */
  outputs?(y: Tensor): Readonly<Record<string, Tensor>>;
}

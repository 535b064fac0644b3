import type { Tensor } from '@tensorflow/tfjs-core';
import type { Key, Tree, Value } from '../../engine/index.ts';

/** What a layer starts with. */
export interface Initial {
  /** What an optimiser trains: kernels, biases, gains. */
  readonly weights: Tree<Value>;
  /** State that no optimiser updates: running averages, power-iteration vectors. */
  readonly buffers: Tree<Value>;
  /** The shape of one example of the output. */
  readonly shape: readonly number[];
  /** By name, the shape of one example of what the layer shows beside its output. */
  readonly taps?: Readonly<Record<string, readonly number[]>>;
}

/** What a system says of the inputs of a network that it makes. */
export interface InputSpec {
  /**
   * Numbers of the condition of each example, 0 where there is none. Without it nothing is known.
   */
  readonly condition?: number;
  /** Draws inputs as the system draws them, [count, ...shape]: the generator's noise. */
  draw?(count: number, key: Key): Value;
}

/** The parameters of a layer inside a program. */
export interface Parameters {
  readonly weights: Tree<Tensor>;
  readonly buffers: Tree<Tensor>;
}

/** What a layer gives back. */
export interface Applied {
  readonly y: Tensor;
  /** The buffers after this use; the same tensors where nothing changes. */
  readonly buffers: Tree<Tensor>;
  /**
   * What it shows beside its output, by name: the features of a critic, the divergence of a code.
   */
  readonly taps?: Readonly<Record<string, Tensor>>;
}

/**
 * A layer, or a whole network: a pure function of its parameters and of x, both given from outside.
 * The first dimension of x is the batch; shapes below are those of one example. Images are NHWC.
 */
export interface Layer {
  /**
   * Parameters for inputs of this shape; a layer around others hands on what is known of the
   * inputs.
   * @throws RangeError when the layer cannot take the shape, or its condition
   */
  init(key: Key, shape: readonly number[], inputs?: InputSpec): Initial;
  /**
   * `training` chooses batch statistics over running averages, and updates the buffers.
   * `condition`, [count, size], is what the examples are to be of (a class as a one-hot vector, a
   * description); layers that do not ask for it pass it on.
   */
  apply(parameters: Parameters, x: Tensor, training: boolean, condition?: Tensor): Applied;
}

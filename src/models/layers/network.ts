import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tree } from '../../engine/index.ts';
import type { Layer, Parameters } from './layer.ts';

/** What a network gives for a batch. */
export interface LayerOutput {
  readonly y: Tensor;
  /** What its layers show beside, by name: the `features` of a critic. */
  readonly taps: Readonly<Record<string, Tensor>>;
}

/** How a network is called. */
export type NetworkCall = (x: Tensor, condition?: Tensor) => LayerOutput;

/**
 * A network within one step, as a function. Its buffers (running averages, power-iteration vectors)
 * change with every call; a step keeps them for the networks that its player trains.
 */
export interface Network extends NetworkCall {
  /**
   * The same without updates of the buffers. Required where the call itself is differentiated, as
   * in a gradient penalty.
   */
  readonly frozen: NetworkCall;
  /**
   * The network as samples are drawn from it: with the averaged weights, where an average is kept,
   * by running averages, and with the buffers of the step's beginning. For a network of an earlier
   * phase on whose outputs others learn.
   */
  readonly settled: NetworkCall;
  /** The same network with other weights, from the present buffers, which it does not update. */
  with(weights: Tree<Tensor>): Network;
  readonly weights: Tree<Tensor>;
  /** The buffers after the calls so far. */
  buffers(): Tree<Tensor>;
}

/**
 * A layer with its parameters as a function.
 * @param average the averaged weights, where they are kept
 */
export function network(
  layer: Layer,
  parameters: Parameters,
  training: boolean,
  average: Tree<Tensor> = parameters.weights,
): Network {
  const { weights } = parameters;
  let { buffers } = parameters;
  const apply = (x: Tensor, condition?: Tensor) => layer.apply({ weights, buffers }, x, training, condition);
  const call = (x: Tensor, condition?: Tensor): LayerOutput => {
    const { y, taps = {}, buffers: after } = apply(x, condition);
    buffers = after;
    return { y, taps };
  };
  return Object.assign(call, {
    weights,
    frozen(x: Tensor, condition?: Tensor): LayerOutput {
      const { y, taps = {} } = apply(x, condition);
      return { y, taps };
    },
    settled(x: Tensor, condition?: Tensor): LayerOutput {
      const settled = { weights: average, buffers: parameters.buffers };
      const { y, taps = {} } = layer.apply(settled, x, false, condition);
      return { y, taps };
    },
    with: (other: Tree<Tensor>) => network(layer, { weights: other, buffers }, training),
    buffers: () => buffers,
  });
}

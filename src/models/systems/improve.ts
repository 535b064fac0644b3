import type { Tensor } from '@tensorflow/tfjs-core';
import { differentiate, type Loss, type Tree } from '../../engine/index.ts';
import type { Optimizer } from '../nn/optimizer.ts';
import type { Adversary, AdversaryState } from './adversaries.ts';

/** What a loss function tells beside the loss: the memory of the player after it, and scalars for the event. */
export interface Told {
  readonly memory: Tree<Tensor>;
  readonly values: Tree<Tensor>;
}

/** A state with one player improved, and the scalars of its turn. */
export interface Improved {
  readonly state: AdversaryState;
  readonly outputs: Tree<Tensor>;
}

/** One step of a player's optimiser against the gradient of its loss. */
export function improve(
  state: AdversaryState,
  player: Adversary,
  optimizer: Optimizer,
  rate: Tensor,
  lossOf: (weights: Tree<Tensor>) => Loss<Tree<Tensor> & Told>,
): Improved {
  const { weights } = state[player];
  const { loss, gradients, extra } = differentiate(weights, lossOf);
  const update = optimizer.update(gradients, state.optimizer[player], weights, rate);
  return {
    state: {
      ...state,
      [player]: { weights: update.weights, memory: extra.memory },
      optimizer: { ...state.optimizer, [player]: update.slots },
    },
    outputs: { loss, ...extra.values },
  };
}

import { positiveNumber } from '../../base/index.ts';
import { clippedShare, clipWeights } from './clip-weights.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * An optimiser that cuts all weights to [-bound, bound] after each of its updates, so the initial
 * weights may lie beyond the bound for one step. Arjovsky et al., https://arxiv.org/abs/1701.07875,
 * algorithm 1. Reports `clippedShare`.
 */
export function clipping(optimizer: Optimizer, bound: number): Optimizer {
  positiveNumber('clipping: bound', bound);
  return {
    ...optimizer,
    update(...given) {
      const update = optimizer.update(...given);
      const weights = clipWeights(update.weights, bound);
      return { ...update, weights, values: { ...update.values, clippedShare: clippedShare(weights, bound) } };
    },
  };
}

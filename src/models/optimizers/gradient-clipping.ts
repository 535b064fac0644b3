import { positiveNumber } from '../../base/index.ts';
import { clipGradients } from './clip-gradients.ts';
import type { Optimizer } from './optimizer.ts';
import { pack, unpack } from './packing.ts';

/**
 * An optimiser whose gradients are shortened before each update, so that all their numbers together
 * are a vector of at most `length`. Pascanu et al., https://arxiv.org/abs/1211.5063, algorithm 1.
 */
export function gradientClipping(optimizer: Optimizer, length: number): Optimizer {
  positiveNumber('gradientClipping: length', length);
  return {
    ...optimizer,
    update: (gradients, ...given) =>
      optimizer.update(unpack(clipGradients(pack(gradients), length), gradients), ...given),
  };
}

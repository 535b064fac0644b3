import * as tf from '@tensorflow/tfjs-core';
import { mendGradients } from './gradients/mend.ts';
import { flattenTree, mapTree, type Tree, unflattenTree } from './tree.ts';

/**
 * The result of a loss function: the scalar to differentiate, and further tensors to keep (gauges,
 * next buffers).
 */
export interface Loss<Extra extends Tree<tf.Tensor> = Tree<tf.Tensor>> {
  readonly loss: tf.Tensor;
  readonly extra: Extra;
}

/**
 * A loss, its gradient by every weight (zero where the loss does not depend on it), and the further
 * tensors of the loss function.
 */
export interface Differentiated<Weights extends Tree<tf.Tensor>, Extra extends Tree<tf.Tensor>>
  extends Loss<Extra> {
  readonly gradients: Weights;
}

/**
 * Evaluates `lossOf` at `weights` and differentiates its scalar by every leaf. It may be nested: a
 * gradient penalty differentiates inside the loss that is differentiated here.
 * @param name what errors call the loss
 * @throws RangeError when the loss is not a scalar, or depends on no weight
 */
export function differentiate<Weights extends Tree<tf.Tensor>, Extra extends Tree<tf.Tensor>>(
  weights: Weights,
  lossOf: (weights: Weights) => Loss<Extra>,
  name = 'differentiate',
): Differentiated<Weights, Extra> {
  const leaves = flattenTree(weights);
  if (leaves.size === 0) throw new RangeError(`${name}: expected weights to train, got none`);
  mendGradients();
  // The scope of the gradient ends before the caller receives the further tensors, so they are kept
  // explicitly.
  const held: tf.Tensor[] = [];
  const hold = (tensor: tf.Tensor) => {
    const copy = tf.keep(tf.clone(tensor));
    held.push(copy);
    return copy;
  };
  try {
    let extra: Tree<tf.Tensor> = {};
    const { value, grads } = tf.engine().gradients(
      () => {
        const result = lossOf(weights);
        if (result.loss.size !== 1)
          throw new RangeError(`${name}: expected a scalar loss, got [${result.loss.shape}]`);
        extra = mapTree(result.extra, hold);
        return result.loss;
      },
      [...leaves.values()],
      undefined,
      true, // A loss without any gradient is refused below, by name.
    );
    if (!grads.some(Boolean))
      throw new RangeError(
        `${name}: expected a loss that depends on at least one of ${[...leaves.keys()].join(', ')}, got one that depends on none`,
      );
    const byPath = new Map(
      [...leaves.keys()].map((path, i) => [path, grads[i] ?? tf.zerosLike(leaves.get(path)!)]),
    );
    return {
      loss: value,
      extra: mapTree(extra, tf.clone) as Extra,
      gradients: unflattenTree(byPath, weights) as Weights,
    };
  } finally {
    for (const tensor of held) tensor.dispose();
  }
}

import * as tf from '@tensorflow/tfjs-core';
import { flatten, mapTree, type Tree, unflatten } from './tree.ts';

/** What a loss function gives back: the scalar to differentiate, and tensors to keep beside it (gauges, next memories). */
export interface Loss<Extra extends Tree<tf.Tensor> = Tree<tf.Tensor>> {
  readonly loss: tf.Tensor;
  readonly extra: Extra;
}

/** A loss, its gradient by every weight (zero where the weight has no part in it), and what the loss function kept. */
export interface Differentiated<Extra extends Tree<tf.Tensor>> extends Loss<Extra> {
  readonly gradients: Tree<tf.Tensor>;
}

/**
 * Evaluates `lossOf` at `weights` and differentiates its scalar by every leaf. It may be nested: a gradient
 * penalty differentiates inside the loss that is differentiated here.
 * @throws RangeError when the loss is no scalar
 */
export function differentiate<Extra extends Tree<tf.Tensor>>(
  weights: Tree<tf.Tensor>,
  lossOf: (weights: Tree<tf.Tensor>) => Loss<Extra>,
): Differentiated<Extra> {
  const leaves = flatten(weights);
  let extra: Tree<tf.Tensor> = {};
  const { value, grads } = tf.engine().gradients(() => {
    const result = lossOf(weights);
    if (result.loss.size !== 1)
      throw new RangeError(`differentiate: expected a scalar loss, got [${result.loss.shape}]`);
    // The scope of the gradient ends before the caller sees these, so they are kept by hand and handed over below.
    extra = mapTree(result.extra, (tensor) => tf.keep(tf.clone(tensor)));
    return result.loss;
  }, [...leaves.values()]);
  const handedOver = mapTree(extra, (kept) => {
    const tracked = tf.clone(kept);
    kept.dispose();
    return tracked;
  });
  const byPath = new Map(
    [...leaves.keys()].map((path, i) => [path, grads[i] ?? tf.zerosLike(leaves.get(path)!)]),
  );
  return { loss: value, extra: handedOver as Extra, gradients: unflatten(byPath, weights) };
}

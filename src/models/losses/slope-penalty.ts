import * as tf from '@tensorflow/tfjs-core';
import { differentiate } from '../../engine/index.ts';
import { checkedScores } from './scores.ts';

/** Which slopes a penalty counts: all other than 1, or only those above 1. */
export type Sided = 'two' | 'one';

/** A penalty, and the mean slope. */
export interface SlopePenalty {
  /** Not yet weighted by lambda. */
  readonly penalty: tf.Scalar;
  /** The mean norm of the gradient. */
  readonly gradientNorm: tf.Scalar;
}

/**
 * Points between real and fake ones: mix * real + (1 - mix) * fake.
 * @param mix one number in [0, 1) an example, [count, 1, ...]
 * @throws RangeError for shapes that do not fit
 */
export function interpolateExamples(real: tf.Tensor, fake: tf.Tensor, mix: tf.Tensor): tf.Tensor {
  if (real.shape.join() !== fake.shape.join())
    throw new RangeError(`interpolate: expected fake examples of [${real.shape}], got [${fake.shape}]`);
  const single = real.shape.map((size, axis) => (axis === 0 ? size : 1));
  if (mix.shape.join() !== single.join())
    throw new RangeError(`interpolate: expected a mix of [${single}], got [${mix.shape}]`);
  return tf.add(fake, tf.mul(mix, tf.sub(real, fake)));
}

/**
 * The gradient penalty: mean (||grad_x D(x)|| - 1)^2, one-sided mean max(0,
 * ||grad_x D(x)|| - 1)^2. The norm is over all numbers of an example. Gulrajani et al.,
 * https://arxiv.org/abs/1704.00028, equation 3.
 * @param critic from [count, ...shape] to [count, 1], each score a function of its own example
 * @param x [count, ...shape]
 * @throws RangeError for scores of another shape
 */
export function slopePenalty(
  critic: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
  sided: Sided = 'two',
): SlopePenalty {
  const norms = norm(squaredSlopes('slopePenalty', critic, x));
  const excess = tf.sub(norms, 1);
  const punished = sided === 'two' ? excess : tf.relu(excess);
  return { penalty: tf.mean(tf.square(punished)), gradientNorm: tf.mean(norms) };
}

/**
 * The zero-centred penalty: mean ||grad_x D(x)||^2. Mescheder et al.,
 * https://arxiv.org/abs/1801.04406, equation 9, without its factor gamma / 2.
 * @param critic from [count, ...shape] to [count, 1], each score a function of its own example
 * @param x [count, ...shape]
 * @throws RangeError for scores of another shape
 */
export function squaredSlope(critic: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): SlopePenalty {
  const squares = squaredSlopes('squaredSlope', critic, x);
  return { penalty: tf.mean(squares), gradientNorm: tf.mean(norm(squares)) };
}

/** ||grad_x D(x)||^2 of each example, [count]. */
function squaredSlopes(name: string, critic: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor {
  const { gradients } = differentiate({ x }, (at) => {
    const scores = checkedScores(name, critic(at.x), x.shape[0]);
    return { loss: tf.sum(scores), extra: {} };
  });
  const axes = x.shape.map((_, axis) => axis).slice(1);
  return tf.sum(tf.square(gradients.x), axes);
}

/** The root has no gradient at 0, the slope of a critic whose units are all inactive. */
const norm = (squares: tf.Tensor): tf.Tensor => tf.sqrt(tf.add(squares, 1e-12));

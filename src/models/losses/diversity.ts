import * as tf from '@tensorflow/tfjs-core';

/**
 * How far examples of a batch lie from each other, as a share of the same for the data: the ratio
 * of their root-mean-square distances, which is that of the roots of their summed variances. 1 for
 * a perfect sampler, near 0 where all samples are alike.
 */
export function diversity(fake: tf.Tensor, real: tf.Tensor): tf.Tensor {
  const spread = (examples: tf.Tensor) => {
    const centred = tf.sub(examples, tf.mean(examples, 0, true));
    return tf.mean(tf.square(centred));
  };
  return tf.sqrt(tf.div(spread(fake), tf.maximum(spread(real), 1e-12)));
}

import * as tf from '@tensorflow/tfjs-core';

/**
 * The root-mean-square distance between the samples of a batch, divided by that between real
 * examples: sqrt(sum of the variances of the samples / sum of the variances of the data). 1 for a
 * perfect sampler, near 0 where all samples are alike.
 */
export function diversity(fake: tf.Tensor, real: tf.Tensor): tf.Tensor {
  const spread = (examples: tf.Tensor) => {
    const centred = tf.sub(examples, tf.mean(examples, 0, true));
    return tf.mean(tf.square(centred));
  };
  return tf.sqrt(tf.div(spread(fake), tf.maximum(spread(real), 1e-12)));
}

import * as tf from '@tensorflow/tfjs-core';

/**
 * The gradient of `tf.gather`, which fails in TensorFlow.js where each of a batch has its own
 * indices.
 */
export function gatherGradient(stock: tf.GradConfig): tf.GradConfig {
  return {
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      const batchDims = attributes.batchDims as number;
      if (batchDims === 0) return stock.gradFunc(dy, saved, attributes);
      const [x, indices] = saved as [tf.Tensor, tf.Tensor];
      return { x: () => batchedGradient(dy as tf.Tensor, x, indices, batchDims), indices: () => indices };
    },
  };
}

/**
 * Batches are concatenated, the indices of each are shifted by its offset, and gradients are summed
 * at the indices.
 */
function batchedGradient(dy: tf.Tensor, x: tf.Tensor, indices: tf.Tensor, batchDims: number): tf.Tensor {
  const size = x.shape[batchDims]!;
  const inner = x.shape.slice(batchDims + 1);
  const batches = tf.util.sizeFromShape(x.shape.slice(0, batchDims));
  const offsets = tf.reshape(tf.range(0, batches * size, size, 'int32'), [batches, 1]);
  const places = tf.reshape(tf.add(tf.reshape(indices, [batches, -1]), offsets), [-1]) as tf.Tensor1D;
  const sums = tf.unsortedSegmentSum(tf.reshape(dy, [places.size, ...inner]), places, batches * size);
  return tf.reshape(sums, x.shape);
}

/**
 * The gradient of `gatherND`, which TensorFlow.js does not have: a scatter to the coordinates.
 */
export const gatherNdGradient: tf.GradConfig = {
  kernelName: tf.GatherNd,
  inputsToSave: ['params', 'indices'],
  gradFunc: (dy, [params, indices]) => ({
    params: () => tf.scatterND(indices!, dy as tf.Tensor, params!.shape as tf.ShapeMap[tf.Rank]),
    indices: () => tf.zerosLike(indices!),
  }),
};

/** The gradient of `scatterND`: a gather at the coordinates. */
export const scatterNdGradient: tf.GradConfig = {
  kernelName: tf.ScatterNd,
  inputsToSave: ['indices'],
  gradFunc: (dy, [indices]) => ({
    indices: () => tf.zerosLike(indices!),
    updates: () => tf.gatherND(dy as tf.Tensor, indices!),
  }),
};

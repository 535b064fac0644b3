import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { fold, type Key, permutation, sizeOf, uniforms, Value } from '../../engine/index.ts';
import { checkCondition, requireCondition } from './condition.ts';
import type { Layer } from './layer.ts';

/**
 * A history of made images as buffers: what a critic is shown is the newest image or, once the
 * history is full and by the toss of a coin, an older one, whose place the newest takes.
 * Shrivastava et al., https://arxiv.org/abs/1612.07828, section 2.3; Zhu et al.,
 * https://arxiv.org/abs/1703.10593, section 4. It has no weights: the player that trains the critic
 * names it in `trains`, so that its buffers advance in that player's steps. Its condition is that
 * of `historyDraws`.
 *
 * Places are drawn without repetition within a batch, where the paper's code goes image by image.
 * While the history is not full, all images of the batch are returned, and stored as far as there
 * is room.
 * @param size images that it holds, at least those of a batch
 */
export function imageHistory(size: number): Layer {
  wholeNumber('imageHistory: size', size, 1);
  return {
    init(_, shape, inputs) {
      checkCondition('imageHistory', inputs, 2);
      return {
        weights: {},
        buffers: { images: Value.filled([size, ...shape], 0), filled: Value.scalar(0) },
        shape,
      };
    },
    apply({ buffers }, x, training, condition) {
      if (!training) return { y: x, buffers };
      const { images, filled } = buffers as { images: tf.Tensor; filled: tf.Scalar };
      const count = x.shape[0]!;
      if (count > size)
        throw new RangeError(`imageHistory: expected batches of at most ${size} examples, got ${count}`);
      const draws = requireCondition('imageHistory', condition, 2);
      const [coin, slot] = tf.split(draws, 2, 1) as [tf.Tensor, tf.Tensor];
      const full = tf.cast(tf.greaterEqual(filled, size), 'float32');
      const old = tf.mul(full, tf.cast(tf.greaterEqual(coin, 0.5), 'float32'));
      const next = tf.add(filled, tf.reshape(tf.range(0, count), [count, 1]));
      // -1 is no place: an image that is returned from a full history without being stored.
      const kept = tf.sub(tf.mul(old, tf.add(slot, 1)), 1);
      const place = tf.add(tf.mul(full, kept), tf.mul(tf.sub(1, full), next));
      const places = tf.cast(tf.equal(place, tf.range(0, size)), 'float32') as tf.Tensor2D;
      const flat = tf.reshape(x, [count, -1]) as tf.Tensor2D;
      const stored = tf.reshape(images, [size, -1]) as tf.Tensor2D;
      const untouched = tf.sub(1, tf.reshape(tf.sum(places, 0), [size, 1]));
      const after = tf.add(tf.mul(stored, untouched), tf.matMul(places, flat, true));
      const shown = tf.add(tf.mul(flat, tf.sub(1, old)), tf.mul(old, tf.matMul(places, stored)));
      return {
        y: tf.reshape(shown, x.shape),
        buffers: {
          images: tf.reshape(after, images.shape),
          filled: tf.minimum(tf.add(filled, count), size),
        },
      };
    },
  };
}

/**
 * What `imageHistory` needs in a step, [count, 2]: a coin in [0, 1) and a place for each example,
 * all places different.
 */
export function historyDraws(size: number, count: number, key: Key): Value {
  wholeNumber('historyDraws: count', count, 1, size);
  const coins = uniforms(fold(key, 'coins'), [count]).data;
  const places = permutation(fold(key, 'places'), size);
  const draws = new Float32Array(sizeOf([count, 2]));
  for (let i = 0; i < count; i++) draws.set([coins[i]!, places[i]!], 2 * i);
  return new Value('float32', [count, 2], draws);
}

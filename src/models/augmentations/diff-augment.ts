import * as tf from '@tensorflow/tfjs-core';
import { finiteNumber, oneOf } from '../../base/index.ts';
import { fold, type Key, uniforms, Value } from '../../engine/index.ts';
import type { CriticAugmentation } from './augmentation.ts';

/** The changes of images by the names that recipes and papers have. */
export const augmentationNames = ['color', 'translation', 'cutout', 'flip'] as const;

/** One of them. */
export type AugmentationName = (typeof augmentationNames)[number];

const byName = {
  color: augmentColor,
  translation: augmentTranslation,
  cutout: augmentCutout,
  flip: augmentFlip,
};

/**
 * Differentiable augmentation: the critic sees real and fake images through the same random
 * changes, in the steps of both players, so that it cannot memorise few images and the generator
 * does not learn the changes. Zhao et al., https://arxiv.org/abs/2006.10738, equations 2 and 3.
 *
 *     gan({ ..., augmentations: diffAugment() })
 *
 * Penalties are taken at the changed images, which are what the critic gets.
 * @throws RangeError for a name that there is not
 */
export function diffAugment(
  policy: readonly AugmentationName[] = ['color', 'translation', 'cutout'],
): readonly CriticAugmentation[] {
  return policy.map((name) => byName[oneOf('diffAugment: policy', name, augmentationNames)]());
}

/**
 * Brightness x + b, b in U(-1/2, 1/2); saturation, the distance of each channel from the mean of
 * its pixel times U(0, 2); contrast, the distance of all from the mean of the image times
 * U(1/2, 3/2); in this order, as in the code of DiffAugment.
 */
export function augmentColor(): CriticAugmentation {
  return {
    name: 'color',
    draw([count = 0], key) {
      const draw = (name: string, low: number, high: number) =>
        uniforms(fold(key, name), [count, 1, 1, 1], low, high);
      return {
        brightness: draw('brightness', -0.5, 0.5),
        saturation: draw('saturation', 0, 2),
        contrast: draw('contrast', 0.5, 1.5),
      };
    },
    apply(images, { brightness, saturation, contrast }) {
      const bright = tf.add(images, brightness!);
      const saturated = about(bright, [3], saturation!);
      return about(saturated, [1, 2, 3], contrast!);
    },
  };
}

/** The distance from the mean over some axes, times a factor. */
function about(x: tf.Tensor, axes: number[], factor: tf.Tensor): tf.Tensor {
  const mean = tf.mean(x, axes, true);
  return tf.add(tf.mul(tf.sub(x, mean), factor), mean);
}

/**
 * Moves an image by a whole number of pixels, up to `ratio` of each side in each direction; what
 * comes in from outside is 0.
 */
export function augmentTranslation(ratio = 1 / 8): CriticAugmentation {
  finiteNumber('augmentTranslation: ratio', ratio, 0, 1);
  return {
    name: 'translation',
    draw([count = 0, height = 0, width = 0], key) {
      const shifts = (name: string, side: number) => {
        const most = Math.floor(side * ratio + 0.5);
        return wholeNumbers(fold(key, name), count, -most, most);
      };
      return { rows: shifts('rows', height), columns: shifts('columns', width) };
    },
    apply(images, { rows, columns }) {
      const turned = (x: tf.Tensor) => tf.transpose(x, [0, 2, 1, 3]);
      return turned(shifted(turned(shifted(images, rows!)), columns!));
    },
  };
}

/** [count, size, ...] moved along its second axis, by products with matrices of zeros and ones. */
function shifted(x: tf.Tensor, by: tf.Tensor): tf.Tensor {
  const [count, size] = x.shape as [number, number];
  const places = tf.range(0, size);
  const apart = tf.sub(tf.reshape(places, [size, 1]), tf.reshape(places, [1, size]));
  const matrix = tf.cast(tf.equal(apart, by), 'float32');
  return tf.reshape(tf.matMul(matrix, tf.reshape(x, [count, size, -1])), x.shape);
}

/** Sets a rectangle of `ratio` of each side to 0, at a random place, in part outside. */
export function augmentCutout(ratio = 0.5): CriticAugmentation {
  finiteNumber('augmentCutout: ratio', ratio, 0, 1);
  const sizeOf = (side: number) => Math.floor(side * ratio + 0.5);
  return {
    name: 'cutout',
    draw([count = 0, height = 0, width = 0], key) {
      const centres = (name: string, side: number) => {
        const size = sizeOf(side);
        const first = -Math.floor(size / 2);
        const starts = wholeNumbers(fold(key, name), count, first, first + side - (size % 2));
        return new Value(
          'float32',
          starts.shape,
          starts.data.map((start) => start + (size - 1) / 2),
        );
      };
      return { rows: centres('rows', height), columns: centres('columns', width) };
    },
    apply(images, { rows, columns }) {
      const [count, height, width] = images.shape as [number, number, number];
      const inside = (centre: tf.Tensor, side: number) => {
        const away = tf.abs(tf.sub(tf.reshape(tf.range(0, side), [1, side, 1]), centre));
        return tf.cast(tf.less(away, sizeOf(side) / 2), 'float32');
      };
      const cut = tf.mul(
        tf.reshape(inside(rows!, height), [count, height, 1, 1]),
        tf.reshape(inside(columns!, width), [count, 1, width, 1]),
      );
      return tf.mul(images, tf.sub(1, cut));
    },
  };
}

/** Mirrors every second image from left to right, drawn for each. */
export function augmentFlip(): CriticAugmentation {
  return {
    name: 'flip',
    draw: ([count = 0], key) => ({ mirrored: wholeNumbers(key, count, 0, 1) }),
    apply(images, { mirrored }) {
      const share = tf.reshape(mirrored!, [-1, 1, 1, 1]);
      return tf.add(tf.mul(images, tf.sub(1, share)), tf.mul(tf.reverse(images, 2), share));
    },
  };
}

/** Whole numbers from `low` to `high`, both included, [count, 1, 1]. */
function wholeNumbers(key: Key, count: number, low: number, high: number): Value {
  const drawn = uniforms(key, [count, 1, 1]);
  const spread = high - low + 1;
  return new Value(
    'float32',
    drawn.shape,
    drawn.data.map((u) => low + Math.min(spread - 1, Math.floor(u * spread))),
  );
}

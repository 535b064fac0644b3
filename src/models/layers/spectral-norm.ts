import * as tf from '@tensorflow/tfjs-core';
import { flattenTree, fold, type Key, mapTree, normals, type Tree, Value } from '../../engine/index.ts';
import type { Layer } from './layer.ts';
import { stopGradient } from './stop-gradient.ts';

/**
 * Spectral normalisation around a layer: each of its kernels (every leaf of two axes or more, as a
 * matrix) is divided by its largest singular value, which one step of power iteration follows at
 * every use. Biases stay. The vectors `u` and the values `sigma` are buffers: they are saved, and
 * nothing is differentiated through the vectors. Miyato et al., https://arxiv.org/abs/1802.05957,
 * algorithm 1.
 */
export function spectralNorm(layer: Layer): Layer {
  return {
    init(key, shape, inputs) {
      const initial = layer.init(key, shape, inputs);
      const power = [...flattenTree(initial.weights)]
        .filter(([, { shape }]) => shape.length > 1)
        .map(([path, { shape }]) => [nameOf(path), firstPower(fold(fold(key, 'u'), path), shape.at(-1)!)]);
      const inner = Object.keys(initial.buffers).length === 0 ? {} : { layer: initial.buffers };
      return { ...initial, buffers: { ...inner, power: Object.fromEntries(power) } };
    },
    apply({ weights, buffers }, x, training, condition) {
      const before = buffers.power as Readonly<Record<string, Tree<tf.Tensor>>>;
      const power: Record<string, Tree<tf.Tensor>> = {};
      const divided = mapTree(weights, (leaf, path) => {
        const last = before[nameOf(path)];
        if (last === undefined) return leaf;
        const { u, sigma } = iterate(leaf, last.u as tf.Tensor, training);
        power[nameOf(path)] = training ? { u, sigma: stopGradient(sigma) } : (last as Tree<tf.Tensor>);
        return tf.div(leaf, sigma);
      });
      const inner = (buffers.layer ?? {}) as Tree<tf.Tensor>;
      const applied = layer.apply({ weights: divided, buffers: inner }, x, training, condition);
      return { ...applied, buffers: { ...('layer' in buffers && { layer: applied.buffers }), power } };
    },
  };
}

const nameOf = (path: string) => path.replaceAll('/', '.');

function firstPower(key: Key, outputs: number): Tree<Value> {
  const u = normals(key, [outputs]);
  const norm = Math.hypot(...u.data);
  return { u: Value.of(Array.from(u.data, (x) => x / norm)), sigma: Value.scalar(1) };
}

/**
 * One step of power iteration: the next vector, and the singular value by it, which is
 * differentiated by the kernel alone.
 */
function iterate(kernel: tf.Tensor, last: tf.Tensor, training: boolean): { u: tf.Tensor; sigma: tf.Tensor } {
  const matrix = tf.reshape(kernel, [-1, kernel.shape.at(-1)!]) as tf.Tensor2D;
  const constant = stopGradient(matrix);
  const v = unit(tf.matMul(constant, tf.reshape(last, [-1, 1])));
  const column = training ? unit(tf.matMul(constant, v, true)) : tf.reshape(last, [-1, 1]);
  const sigma = tf.sum(tf.mul(tf.matMul(matrix, v, true), column));
  return { u: tf.reshape(column, [-1]), sigma };
}

/** A column of length 1; zeros stay. */
function unit(x: tf.Tensor): tf.Tensor2D {
  return tf.div(x, tf.add(tf.sqrt(tf.sum(tf.square(x))), 1e-12)) as tf.Tensor2D;
}

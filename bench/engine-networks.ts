import * as tf from '@tensorflow/tfjs-core';
import { fold, type Key, normals, type Tree, Value } from '../src/engine/index.ts';

/**
 * Networks of the engine's benchmark and whole-program tests, written with nothing but
 * TensorFlow.js.
 */

export type Weights = Tree<tf.Tensor>;
type Layers = Record<string, Record<string, Value>>;

/** The tensor of a layer. */
export function of(weights: Weights, layer: string | number, name: string): tf.Tensor {
  return (weights[layer] as Weights)[name] as tf.Tensor;
}

function kernel(key: Key, shape: readonly number[]): Value {
  const fanIn = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  return normals(key, shape, Math.sqrt(2 / fanIn));
}

/** Dense layers of the sizes. */
export function denseLayers(key: Key, sizes: readonly number[]): Layers {
  return Object.fromEntries(
    sizes.slice(1).map((size, i) => {
      const w = kernel(fold(key, i), [sizes[i]!, size]);
      return [i, { w, b: Value.filled([size], 0) }];
    }),
  );
}

export function dense(weights: Weights, layer: string | number, x: tf.Tensor): tf.Tensor {
  return tf.add(tf.matMul(x as tf.Tensor2D, of(weights, layer, 'w') as tf.Tensor2D), of(weights, layer, 'b'));
}

export function mlp(
  weights: Weights,
  x: tf.Tensor,
  activation: (x: tf.Tensor) => tf.Tensor = tf.relu,
): tf.Tensor {
  const last = Object.keys(weights).length - 1;
  let y = x;
  for (let i = 0; i < last; i++) y = activation(dense(weights, i, y));
  return dense(weights, last, y);
}

/** A critic of 32x32x3 pictures: three 4x4 convolutions of stride 2, and a dense layer. */
export interface ConvOptions {
  readonly channels: number;
  readonly layerNorm?: boolean;
  readonly spectralNorm?: boolean;
  readonly attention?: boolean;
}

export function convCriticLayers(
  key: Key,
  { channels: c, layerNorm, spectralNorm, attention }: ConvOptions,
): Layers {
  const widths = [3, c, 2 * c, 4 * c];
  const layers: Layers = { out: { w: kernel(fold(key, 'out'), [16 * 4 * c, 1]), b: Value.filled([1], 0) } };
  for (let i = 0; i < 3; i++) {
    const [from, to] = [widths[i]!, widths[i + 1]!];
    layers[i] = { w: kernel(fold(key, i), [4, 4, from, to]), b: Value.filled([to], 0) };
    if (layerNorm && i > 0)
      layers[`norm${i}`] = { scale: Value.filled([to], 1), offset: Value.filled([to], 0) };
    if (spectralNorm) layers[i] = { ...layers[i], u: normals(fold(key, `u${i}`), [1, to]) };
  }
  if (attention) layers.attention = attentionLayer(fold(key, 'attention'), c);
  return layers;
}

function attentionLayer(key: Key, c: number): Record<string, Value> {
  const small = Math.max(1, c / 8);
  return {
    f: kernel(fold(key, 'f'), [c, small]),
    g: kernel(fold(key, 'g'), [c, small]),
    h: kernel(fold(key, 'h'), [c, c]),
    gamma: Value.scalar(0.1),
  };
}

/** Zhang et al., "Self-Attention Generative Adversarial Networks", ICML 2019, section 3. */
function attend(weights: Weights, x: tf.Tensor): tf.Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const flat = tf.reshape(x, [batch * height * width, channels]) as tf.Tensor2D;
  const project = (name: string) => {
    const y = tf.matMul(flat, of(weights, 'attention', name) as tf.Tensor2D);
    return tf.reshape(y, [batch, height * width, -1]) as tf.Tensor3D;
  };
  const weightsOfPlaces = tf.softmax(tf.matMul(project('f'), project('g'), false, true));
  const attended = tf.reshape(tf.matMul(weightsOfPlaces, project('h')), x.shape);
  return tf.add(x, tf.mul(of(weights, 'attention', 'gamma'), attended));
}

/**
 * The matrix that a kernel is for spectral normalisation: a column for each channel that it makes.
 */
const matrixOf = (w: tf.Tensor) => tf.reshape(w, [-1, w.shape.at(-1)!]) as tf.Tensor2D;

/**
 * The singular vectors of the kernels that have a `u`, improved by one iteration. They are
 * constants of the loss. Miyato et al., "Spectral Normalization for Generative Adversarial
 * Networks", ICLR 2018, algorithm 1.
 */
export function singularVectors(weights: Weights): Record<string, { u: tf.Tensor; v: tf.Tensor }> {
  const unit = (x: tf.Tensor) => tf.div(x, tf.add(tf.norm(x), 1e-12)) as tf.Tensor2D;
  const vectors: Record<string, { u: tf.Tensor; v: tf.Tensor }> = {};
  for (const layer of Object.keys(weights)) {
    const u = of(weights, layer, 'u');
    if (u === undefined) continue;
    const matrix = matrixOf(of(weights, layer, 'w'));
    const v = unit(tf.matMul(u as tf.Tensor2D, matrix, false, true));
    vectors[layer] = { v, u: unit(tf.matMul(v, matrix)) };
  }
  return vectors;
}

/** The kernel divided by its largest singular value. */
function spectrallyNormal(w: tf.Tensor, v: tf.Tensor, u: tf.Tensor): tf.Tensor {
  return tf.div(w, tf.sum(tf.mul(tf.matMul(v as tf.Tensor2D, matrixOf(w)), u)));
}

/**
 * Normalised over the axes, as the layers of the recipes do it: few passes over the large tensor.
 */
function normal(x: tf.Tensor, axes: number[], scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, axes, true));
  const spread = tf.rsqrt(tf.add(tf.mean(tf.square(centred), axes, true), 1e-5));
  return tf.add(tf.mul(centred, tf.mul(spread, scale)), offset);
}

/** Scores of pictures. Layers with a `u` are spectrally normalised by that and their `v`. */
export function convCritic(weights: Weights, x: tf.Tensor): tf.Tensor {
  let y = x;
  for (let i = 0; i < 3; i++) {
    let w = of(weights, i, 'w');
    if (of(weights, i, 'u') !== undefined) w = spectrallyNormal(w, of(weights, i, 'v'), of(weights, i, 'u'));
    y = tf.add(tf.conv2d(y as tf.Tensor4D, w as tf.Tensor4D, 2, 'same'), of(weights, i, 'b'));
    if (weights[`norm${i}`] !== undefined)
      y = normal(y, [1, 2, 3], of(weights, `norm${i}`, 'scale'), of(weights, `norm${i}`, 'offset'));
    y = tf.leakyRelu(y, 0.2);
    if (i === 0 && weights.attention !== undefined) y = attend(weights, y);
  }
  return dense(weights, 'out', tf.reshape(y, [x.shape[0]!, -1]));
}

/**
 * A generator of 32x32x3 pictures: a dense layer and three transposed convolutions, with batch
 * normalisation (and so without biases before it).
 */
export function convGeneratorLayers(
  key: Key,
  latent: number,
  { channels: c, attention }: ConvOptions,
): Layers {
  const widths = [4 * c, 2 * c, c, 3];
  const layers: Layers = { in: { w: kernel(fold(key, 'in'), [latent, 16 * 4 * c]) } };
  for (let i = 0; i < 3; i++) {
    const [from, to] = [widths[i]!, widths[i + 1]!];
    layers[i] = { w: kernel(fold(key, i), [4, 4, to, from]) };
    layers[`norm${i}`] = { scale: Value.filled([from], 1), offset: Value.filled([from], 0) };
  }
  layers.out = { b: Value.filled([3], 0) };
  if (attention) layers.attention = attentionLayer(fold(key, 'attention'), c);
  return layers;
}

export function convGenerator(weights: Weights, noise: tf.Tensor): tf.Tensor {
  const batch = noise.shape[0]!;
  const first = of(weights, 0, 'w').shape[3]!;
  let y = tf.reshape(tf.matMul(noise as tf.Tensor2D, of(weights, 'in', 'w') as tf.Tensor2D), [
    batch,
    4,
    4,
    first,
  ]);
  for (let i = 0; i < 3; i++) {
    y = tf.relu(normal(y, [0, 1, 2], of(weights, `norm${i}`, 'scale'), of(weights, `norm${i}`, 'offset')));
    if (i === 2 && weights.attention !== undefined) y = attend(weights, y);
    const w = of(weights, i, 'w') as tf.Tensor4D;
    const [size, channels] = [y.shape[1]! * 2, w.shape[2]];
    y = tf.conv2dTranspose(y as tf.Tensor4D, w, [batch, size, size, channels], 2, 'same');
  }
  return tf.tanh(tf.add(y, of(weights, 'out', 'b')));
}

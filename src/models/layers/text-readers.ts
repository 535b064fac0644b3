import * as tf from '@tensorflow/tfjs-core';
import { wholeNumber } from '../../base/index.ts';
import { fold, type Key, type Value } from '../../engine/index.ts';
import { glorotUniform, type Initializer, lecunNormal, normal, zeros } from './initializer.ts';
import type { Layer } from './layer.ts';

/** Tokens that a recurrent reader takes; each is unrolled in the program. */
const mostSteps = 16;

/** [length, tokens], as every reader takes it. @throws RangeError */
function textShape(name: string, shape: readonly number[]): readonly [length: number, tokens: number] {
  const [length = 0, tokens = 0] = shape;
  if (shape.length === 2 && tokens > 2) return [length, tokens];
  throw new RangeError(`${name}: expected one-hot tokens of [length, tokens from 3], got [${shape}]`);
}

/** How often each word stands in the text, [count, tokens - 1]: padding, token 0, is no word. */
function countsOf(x: tf.Tensor): tf.Tensor2D {
  const [count, , tokens] = x.shape as [number, number, number];
  return tf.slice(tf.sum(x, 1) as tf.Tensor2D, [0, 1], [count, tokens - 1]);
}

/** The text as it is: how often each word stands in it. Has no weights. */
export function wordCounts(): Layer {
  return {
    init: (_, shape) => ({ weights: {}, buffers: {}, shape: [textShape('wordCounts', shape)[1] - 1] }),
    apply: ({ buffers }, x) => ({ y: countsOf(x), buffers }),
  };
}

/**
 * Reads a text by its words, in no order: the mean of their embeddings, then a dense layer. Takes
 * one-hot tokens, [length, tokens], of which token 0 is padding.
 * @param size numbers of the embeddings and of the output
 */
export function bagOfWords(size: number): Layer {
  wholeNumber('bagOfWords: size', size, 1);
  return {
    init(key, shape) {
      const [, tokens] = textShape('bagOfWords', shape);
      const square = { in: size, out: size };
      return {
        weights: {
          embedding: normal(1)(fold(key, 'embedding'), [tokens - 1, size], { in: tokens - 1, out: size }),
          kernel: lecunNormal(fold(key, 'kernel'), [size, size], square),
          bias: zeros(fold(key, 'bias'), [size], square),
        },
        buffers: {},
        shape: [size],
      };
    },
    apply({ weights, buffers }, x) {
      const { embedding, kernel, bias } = weights as Record<string, tf.Tensor2D>;
      const counts = countsOf(x);
      const mean = tf.div(tf.matMul(counts, embedding!), tf.maximum(tf.sum(counts, 1, true), 1));
      return { y: tf.add(tf.matMul(mean as tf.Tensor2D, kernel!), bias!), buffers };
    },
  };
}

const gates = ['update', 'reset', 'candidate'] as const;

/**
 * Reads a text word after word by a gated recurrent unit, and gives its last state. Takes one-hot
 * tokens, [length up to 16, tokens], of which token 0 is padding and changes nothing. Cho et al.,
 * https://arxiv.org/abs/1406.1078, section 2.3.
 * @param size numbers of the state
 */
export function gruReader(size: number): Layer {
  wholeNumber('gruReader: size', size, 1);
  return {
    init(key, shape) {
      const [length, tokens] = textShape('gruReader', shape);
      wholeNumber('gruReader: length', length, 1, mostSteps);
      const weight = (part: Key, name: string, inputs: number, first: Initializer) =>
        first(fold(part, name), [inputs, size], { in: inputs, out: size });
      const ofGate = (gate: (typeof gates)[number]): Record<string, Value> => {
        const part = fold(key, gate);
        return {
          input: weight(part, 'input', tokens, glorotUniform),
          recurrent: weight(part, 'recurrent', size, glorotUniform),
          bias: zeros(fold(part, 'bias'), [size], { in: tokens, out: size }),
        };
      };
      return {
        weights: Object.fromEntries(gates.map((gate) => [gate, ofGate(gate)])),
        buffers: {},
        shape: [size],
      };
    },
    apply({ weights, buffers }, x) {
      const part = weights as Record<(typeof gates)[number], Record<string, tf.Tensor2D>>;
      const [count, length, tokens] = x.shape as [number, number, number];
      const gate = (name: (typeof gates)[number], word: tf.Tensor2D, state: tf.Tensor2D) => {
        const { input, recurrent, bias } = part[name];
        return tf.add(tf.add(tf.matMul(word, input!), tf.matMul(state, recurrent!)), bias!);
      };
      let state = tf.zeros([count, size]) as tf.Tensor2D;
      for (let place = 0; place < length; place++) {
        const word = tf.reshape(tf.slice(x, [0, place, 0], [count, 1, tokens]), [
          count,
          tokens,
        ]) as tf.Tensor2D;
        const update = tf.sigmoid(gate('update', word, state));
        const kept = tf.mul(tf.sigmoid(gate('reset', word, state)), state) as tf.Tensor2D;
        const candidate = tf.tanh(gate('candidate', word, kept));
        const present = tf.sub(1, tf.slice(word, [0, 0], [count, 1]));
        state = tf.add(state, tf.mul(tf.mul(present, update), tf.sub(candidate, state))) as tf.Tensor2D;
      }
      return { y: state, buffers };
    },
  };
}

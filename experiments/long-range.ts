// Shows what self-attention adds: a classifier tells whether two far ends of a 16x16 image hold the
// same 3x3 pattern. It has two 3x3 convolutions, a 1x1 and a sum over all positions, so without
// attention its score is a sum of local terms, which cannot compare.
//   npm run experiment long-range [steps]
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { type Engine, type Key, openEngine, uniforms, Value } from 'weir-streams/engine';
import {
  adam,
  conv2d,
  dense,
  game,
  type Layer,
  relu,
  selfAttention,
  sequential,
  tap,
  train,
} from 'weir-streams/models';
import type { StepEvent } from 'weir-streams/streams';

const side = 16;
const patterns = ['111100100', '001001111', '010111010', '101010101'].map((bits) => [...bits].map(Number));

/**
 * One over the standard deviation of the bits. Fainter ones leave the softmax of the attention
 * level, from which it may not find out.
 */
const contrast = 5;

/**
 * Images with their labels, [count, 16, 16, 1] and one number each: 1 where both patterns are the
 * same, half of all.
 */
export function pairs(count: number, key: Key): { readonly images: Value; readonly same: Value } {
  const images = new Float32Array(count * side * side);
  const same = new Float32Array(count);
  const { data } = uniforms(key, [count, 7]);
  for (let i = 0; i < count; i++) {
    let at = 7 * i;
    const draw = (below: number) => Math.floor(data[at++]! * below);
    const left = draw(4);
    same[i] = draw(2);
    const other = draw(3);
    const right = same[i] === 1 ? left : (left + 1 + other) % 4;
    for (const [pattern, x] of [
      [left, draw(2)],
      [right, side - 3 - draw(2)],
    ] as const) {
      const y = draw(side - 3);
      patterns[pattern]!.forEach((bit, cell) => {
        images[i * side * side + (y + Math.floor(cell / 3)) * side + x + (cell % 3)] = contrast * bit;
      });
    }
  }
  return { images: Value.of(images, [count, side, side, 1]), same: Value.of(same, [count, 1]) };
}

/** The sum over all positions of an image, channel by channel. */
const summed: Layer = {
  init: (_, shape) => ({ weights: {}, buffers: {}, shape: [shape.at(-1)!] }),
  apply: ({ buffers }, x) => ({ y: tf.mul(0.1, tf.sum(x, [1, 2])), buffers }),
};

const convolution = (filters: number, kernelSize: number) => conv2d(filters, { kernelSize, stride: 1 });

function classifier(attention: boolean): Layer {
  return sequential([
    convolution(16, 3),
    relu(),
    convolution(16, 3),
    relu(),
    ...(attention ? [tap('attended', selfAttention({ keys: 8, values: 16 }))] : []),
    convolution(16, 1),
    relu(),
    summed,
    dense(1),
  ]);
}

/** How often the classifier was right, every 400 steps, and gamma at the end. */
export interface Course {
  readonly accuracies: readonly number[];
  readonly gamma: number;
}

/** Trains a classifier with or without attention. */
export async function study(
  attention: boolean,
  engine: Engine,
  steps: number,
  seed: number,
): Promise<Course> {
  const system = game<'classifier', 'classifier', 'x' | 'same'>({
    name: 'long-range',
    networks: { classifier: { layer: classifier(attention), input: [side, side, 1] } },
    players: {
      classifier: {
        trains: ['classifier'],
        optimizer: adam({ rate: 2e-3 }),
        loss({ classifier }, { x, same }) {
          const { y, taps } = classifier(x);
          const loss = tf.mean(tf.sub(tf.softplus(y), tf.mul(same, y)));
          const right = tf.mean(tf.cast(tf.equal(tf.cast(tf.greater(y, 0), 'float32'), same), 'float32'));
          const gamma = taps.attentionGamma ?? tf.scalar(0);
          return { loss, values: { classAccuracy: right, attentionGamma: gamma } };
        },
      },
    },
    inputs: (_, key) => {
      const { images, same } = pairs(64, key);
      return { x: images, same };
    },
    sample: ({ classifier }, { x }) => classifier(x).y,
    samplerInputs: (count, key) => ({ x: pairs(count, key).images }),
  });
  const trainer = train(system, engine, { seed });
  const batch = { examples: Value.filled([1], 0) };
  const accuracies: number[] = [];
  let [right, gamma] = [0, 0];
  for (let index = 0; index < steps; index++) {
    const { values } = (await trainer.step({ index, player: 'classifier', batch })) as StepEvent;
    gamma = values.attentionGamma!;
    // Every batch is fresh, so the accuracy while training is that on unseen images: here over the
    // last 100 of each 400.
    if (index % 400 >= 300) right += values.classAccuracy! / 100;
    if (index % 400 === 399) {
      accuracies.push(right);
      right = 0;
    }
  }
  trainer.close();
  return { accuracies, gamma };
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const { engine } = await openEngine('auto');
  const steps = Number(process.argv[2] ?? 1_200);
  console.log('| attention | seed | accuracy every 400 steps | gamma |\n|---|---|---|---|');
  for (const attention of [false, true])
    for (const seed of [1, 2, 3]) {
      const { accuracies, gamma } = await study(attention, engine, steps, seed);
      const course = accuracies.map((accuracy) => accuracy.toFixed(2)).join(' ');
      console.log(`| ${attention ? 'with' : 'without'} | ${seed} | ${course} | ${gamma.toFixed(3)} |`);
    }
}

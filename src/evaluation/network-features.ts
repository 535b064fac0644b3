import type { Tensor } from '@tensorflow/tfjs-core';
import { type Engine, type Program, sizeOf, type Tree, Value } from '../engine/index.ts';
import { type FeatureNetwork, featureLayers, featureWidth } from './feature-network.ts';
import type { Features } from './features.ts';
import { softmaxRows } from './softmax.ts';

/** Images that go through the network at once: one program, whatever the number of samples. */
const chunk = 100;

/**
 * The features of a trained network on an engine: the 64 numbers before the last ReLU over one
 * scale, and the probabilities of the classes.
 */
export function networkFeatures(network: FeatureNetwork, engine: Engine): Features {
  const { data, shape, classes, scale, hash } = network;
  const layers = featureLayers(classes);
  const program: Program = {
    name: 'features',
    run(state, { images }) {
      const weights = state.weights as Tree<Tensor>;
      const { y, taps } = layers.apply({ weights, buffers: {} }, images as Tensor, false);
      return { state, outputs: { logits: y, features: taps!.features! } };
    },
  };
  const session = engine.open({ weights: network.weights });
  return {
    name: `features of ${data}`,
    hash,
    async see(samples, onProgress) {
      requireShape(samples, shape);
      const count = samples.shape[0]!;
      const features = new Float64Array(count * featureWidth);
      const logits = new Float64Array(count * classes);
      for (let start = 0; start < count; start += chunk) {
        const seen = await session.run(program, { images: filled(samples, start) });
        put(features, seen.features as Value, start * featureWidth, 1 / scale);
        put(logits, seen.logits as Value, start * classes, 1);
        onProgress?.(Math.min(start + chunk, count), count);
      }
      return {
        features: { shape: [count, featureWidth], data: features },
        probabilities: softmaxRows({ shape: [count, classes], data: logits }),
      };
    },
    close: () => session.close(),
  };
}

function requireShape({ shape }: Value, expected: readonly number[]): void {
  if (shape.slice(1).join() === expected.join() && shape[0]! > 0) return;
  throw new RangeError(
    `features: expected samples of [${expected}], as the network was trained on, got [${shape.slice(1)}]`,
  );
}

/** A full chunk from `start`; behind the last sample are zeros. */
function filled({ shape, data }: Value, start: number): Value {
  const each = sizeOf(shape.slice(1));
  const images = new Float32Array(chunk * each);
  images.set(data.subarray(start * each, (start + chunk) * each));
  return new Value('float32', [chunk, ...shape.slice(1)], images);
}

/** Copies as much as has room. */
function put(into: Float64Array, { data }: Value, at: number, factor: number): void {
  const room = Math.min(data.length, into.length - at);
  for (let i = 0; i < room; i++) into[at + i] = data[i]! * factor;
}

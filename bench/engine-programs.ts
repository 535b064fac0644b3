import * as tf from '@tensorflow/tfjs-core';
import {
  differentiate,
  flattenTree,
  keyOf,
  mapTree,
  normals,
  type Program,
  type Tree,
  uniforms,
  Value,
} from '../src/engine/index.ts';
import { adam } from '../src/models/index.ts';
import {
  type ConvOptions,
  convCritic,
  convCriticLayers,
  convGenerator,
  convGeneratorLayers,
  denseLayers,
  mlp,
  singularVectors,
  type Weights,
} from './engine-networks.ts';

/** Optimisers as the recipes use them. */
const ofGan = adam({ rate: 1e-4, beta1: 0.5, beta2: 0.9 });
const ofAgent = adam({ rate: 1e-3 });

/**
 * A training step to measure (or to compare engines with): programs, their first state, and inputs
 * by index.
 */
export interface Workload {
  readonly name: string;
  readonly state: Tree<Value>;
  readonly programs: Readonly<Record<string, Program>>;
  inputs(index: number): Tree<Value>;
}

interface Gan {
  readonly critic: (weights: Weights, x: tf.Tensor) => tf.Tensor;
  readonly generator: (weights: Weights, noise: tf.Tensor) => tf.Tensor;
}

/** The weights with the vectors of their spectral normalisation in their layers. */
function beside(weights: Weights, vectors: Weights): Weights {
  const whole = Object.entries(weights).map(([layer, ofLayer]) => [
    layer,
    { ...(ofLayer as Weights), ...(vectors[layer] as Weights | undefined) },
  ]);
  return Object.fromEntries(whole);
}

/** The vectors are no weights: they take no gradient. */
function withoutVectors<Leaf>(weights: Tree<Leaf>): Tree<Leaf> {
  const trained = Object.entries(weights).map(([layer, ofLayer]) => {
    const { u: _, ...rest } = ofLayer as Tree<Leaf>;
    return [layer, rest];
  });
  return Object.fromEntries(trained);
}

/** Gulrajani et al., "Improved Training of Wasserstein GANs", NeurIPS 2017, equation 3. */
function penalty(
  judge: (x: tf.Tensor) => tf.Tensor,
  real: tf.Tensor,
  fake: tf.Tensor,
  share: tf.Tensor,
): tf.Tensor {
  const between = tf.add(tf.mul(share, real), tf.mul(tf.sub(1, share), fake));
  const slope = tf.grad((x: tf.Tensor) => tf.sum(judge(x)))(between);
  const norm = tf.sqrt(tf.add(tf.sum(tf.square(tf.reshape(slope, [real.shape[0]!, -1])), 1), 1e-12));
  return tf.mean(tf.square(tf.sub(norm, 1)));
}

function criticProgram(name: string, { critic, generator }: Gan, loss: 'gp' | 'hinge'): Program {
  return {
    name: `${name}/critic`,
    run: (state, inputs) => {
      const { real, noise, share, rate } = inputs as Record<string, tf.Tensor>;
      const all = state.critic as Weights;
      const fake = generator(state.generator as Weights, noise!);
      const vectors = singularVectors(all);
      const { loss: value, gradients } = differentiate(withoutVectors(all), (weights) => {
        const judge = (x: tf.Tensor) => critic(beside(weights, vectors), x);
        const [onReal, onFake] = [judge(real!), judge(fake)];
        const distance =
          loss === 'gp'
            ? tf.sub(tf.mean(onFake), tf.mean(onReal))
            : tf.add(tf.mean(tf.relu(tf.add(1, onFake))), tf.mean(tf.relu(tf.sub(1, onReal))));
        const total =
          loss === 'gp' ? tf.add(distance, tf.mul(10, penalty(judge, real!, fake, share!))) : distance;
        return { loss: total, extra: {} };
      });
      const updated = ofGan.update(gradients, state.criticMemory as Weights, withoutVectors(all), rate!);
      return {
        state: {
          ...state,
          critic: likeBefore(all, beside(updated.weights, vectors)),
          criticMemory: updated.slots,
        },
        outputs: { loss: value, gradients },
      };
    },
  };
}

/** Leaves of `tree` in the structure of `like`. */
function likeBefore(like: Weights, tree: Weights): Weights {
  const leaves = flattenTree(tree);
  return mapTree(like, (_, path) => leaves.get(path)!);
}

function generatorProgram(name: string, { critic, generator }: Gan): Program {
  return {
    name: `${name}/generator`,
    run: (state, inputs) => {
      const { noise, rate } = inputs as Record<string, tf.Tensor>;
      const { loss, gradients } = differentiate(state.generator as Weights, (weights) => {
        const judges = beside(state.critic as Weights, singularVectors(state.critic as Weights));
        return { loss: tf.neg(tf.mean(critic(judges, generator(weights, noise!)))), extra: {} };
      });
      const updated = ofGan.update(
        gradients,
        state.generatorMemory as Weights,
        state.generator as Weights,
        rate!,
      );
      const next = { ...state, generator: updated.weights, generatorMemory: updated.slots };
      return { state: next, outputs: { loss, gradients } };
    },
  };
}

function ganState(critic: Tree<Value>, generator: Tree<Value>): Tree<Value> {
  const trained = withoutVectors(critic);
  return { critic, generator, criticMemory: ofGan.init(trained), generatorMemory: ofGan.init(generator) };
}

/** The 2-d toy of the WGAN-GP paper: three hidden layers of `width`, critic and generator. */
export function toyGan(
  width: number,
  batch: number,
  activation: (x: tf.Tensor) => tf.Tensor = tf.relu,
): Workload {
  const key = (name: string) => keyOf(1, name);
  const hidden = [width, width, width];
  const gan: Gan = {
    critic: (weights, x) => mlp(weights, x, activation),
    generator: (weights, noise) => mlp(weights, noise, activation),
  };
  const name = `wgan-gp 3x${width}, batch ${batch}`;
  return {
    name,
    state: ganState(denseLayers(key('c'), [2, ...hidden, 1]), denseLayers(key('g'), [2, ...hidden, 2])),
    programs: { critic: criticProgram(name, gan, 'gp'), generator: generatorProgram(name, gan) },
    inputs: (index) => ({
      real: normals(keyOf(1, 'real', index), [batch, 2]),
      noise: normals(keyOf(1, 'noise', index), [batch, 2]),
      share: uniforms(keyOf(1, 'share', index), [batch, 1]),
      rate: Value.scalar(1e-4),
    }),
  };
}

/** A convolutional GAN of 32x32x3 pictures, with hinge loss or gradient penalty. */
export function convGan(name: string, loss: 'gp' | 'hinge', batch: number, options: ConvOptions): Workload {
  const gan: Gan = { critic: convCritic, generator: convGenerator };
  const critic = convCriticLayers(keyOf(1, 'c'), options);
  const generator = convGeneratorLayers(keyOf(1, 'g'), 128, options);
  return {
    name,
    state: ganState(critic, generator),
    programs: { critic: criticProgram(name, gan, loss), generator: generatorProgram(name, gan) },
    inputs: (index) => ({
      real: uniforms(keyOf(1, 'real', index), [batch, 32, 32, 3], -1, 1),
      noise: normals(keyOf(1, 'noise', index), [batch, 128]),
      share: uniforms(keyOf(1, 'share', index), [batch, 1, 1, 1]),
      rate: Value.scalar(2e-4),
    }),
  };
}

/** The update of DQN (Mnih et al., Nature 2015, algorithm 1): 8 observations, 4 actions. */
export function dqn(width: number, batch: number): Workload {
  const weights = denseLayers(keyOf(1, 'q'), [8, width, width, 4]);
  const name = `dqn 2x${width}, batch ${batch}`;
  const update: Program = {
    name,
    run: (state, inputs) => {
      const { before, action, reward, discount, after, rate } = inputs as Record<string, tf.Tensor>;
      const target = tf.add(reward!, tf.mul(discount!, tf.max(mlp(state.target as Weights, after!), 1)));
      const { loss, gradients } = differentiate(state.online as Weights, (online) => {
        const taken = tf.sum(tf.mul(mlp(online, before!), tf.oneHot(action as tf.Tensor1D, 4)), 1);
        return { loss: tf.mean(tf.square(tf.sub(taken, target))), extra: {} };
      });
      const updated = ofAgent.update(gradients, state.memory as Weights, state.online as Weights, rate!);
      return { state: { ...state, online: updated.weights, memory: updated.slots }, outputs: { loss } };
    },
  };
  return {
    name,
    state: { online: weights, target: weights, memory: ofAgent.init(weights) },
    programs: { update },
    inputs: (index) => ({
      before: normals(keyOf(1, 'before', index), [batch, 8]),
      action: new Value(
        'int32',
        [batch],
        Int32Array.from({ length: batch }, (_, i) => (i * 7 + index) % 4),
      ),
      reward: normals(keyOf(1, 'reward', index), [batch]),
      discount: Value.filled([batch], 0.99),
      after: normals(keyOf(1, 'after', index), [batch, 8]),
      rate: Value.scalar(1e-3),
    }),
  };
}

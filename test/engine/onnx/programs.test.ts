import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { convGan, dqn, toyGan, type Workload } from '../../../bench/engine-programs.ts';
import type { Tree, Value } from '../../../src/engine/index.ts';
import { expectSameResults } from './agree.ts';

/**
 * Outputs only: Adam's first steps are signs, so that weights with gradients next to zero move by
 * chance.
 */
async function expectSameOutputs({ programs, state, inputs }: Workload, tolerance: number): Promise<void> {
  for (const { name, run } of Object.values(programs))
    for (const index of [0, 1]) {
      const outputsOnly = {
        name,
        run: (before: Tree<tf.Tensor>, given: Tree<tf.Tensor>) => ({
          state: before,
          outputs: run(before, given).outputs,
        }),
      };
      await expectSameResults(outputsOnly, inputs(index) as Tree<Value>, { state, tolerance });
    }
}

const small = { channels: 4 };

describe('whole training steps agree with the cpu engine in losses and gradients', () => {
  it.each([
    ['relu', tf.relu],
    ['leakyRelu', (x: tf.Tensor) => tf.leakyRelu(x, 0.2)],
    ['tanh', tf.tanh],
  ] as const)('WGAN-GP of dense layers with %s', (_, activation) =>
    expectSameOutputs(toyGan(16, 8, activation), 1e-5),
  );

  it('convolutional WGAN-GP', () => expectSameOutputs(convGan('gp', 'gp', 2, small), 1e-5));

  it('convolutional WGAN-GP with layer normalisation', () =>
    expectSameOutputs(convGan('layer norm', 'gp', 2, { ...small, layerNorm: true }), 1e-5));

  it('hinge loss with spectral and batch normalisation', () =>
    expectSameOutputs(convGan('hinge', 'hinge', 2, { ...small, spectralNorm: true }), 1e-5));

  it('gradient penalty through self-attention', () =>
    expectSameOutputs(convGan('attention', 'gp', 2, { channels: 8, attention: true }), 1e-5));

  it('DQN', () => expectSameOutputs(dqn(16, 8), 1e-5));
});

import { conv2d, dense, flatten, type Layer, relu, reshape, sequential } from '../../models/index.ts';
import { catchBall, stackedFrames } from '../../rl/index.ts';
import { type ValuesOf, whole } from '../option.ts';
import { type AgentRecipe, agentRecipe } from '../recipe.ts';
import { dqnAssembly, dqnOptions } from './dqn-recipes.ts';

/** The hyper-parameters of a deep Q-network over pictures. Durations are in steps. */
export const pixelOptions = {
  ...dqnOptions,
  frames: whole('last pictures that are one observation', 2, { unit: 'pictures', min: 1, max: 16 }),
  filters: whole('filters of the first convolution; the second one has twice as many', 8, {
    unit: 'filters',
    min: 1,
    max: 1024,
  }),
};

const side = 12;

/**
 * Two convolutions of stride 2 and dense layers over them, from pictures as lists of numbers. Mnih
 * et al., Nature 518 (2015), have three convolutions, for pictures of seven times the side.
 */
function pictureNetwork(values: ValuesOf<typeof pixelOptions>): Layer {
  const convolution = (filters: number) => [conv2d(filters, { kernelSize: 3, stride: 2 }), relu()];
  return sequential([
    reshape([side, side, values.frames]),
    ...convolution(values.filters),
    ...convolution(2 * values.filters),
    flatten(),
    ...Array.from({ length: values.depth }, () => [dense(values.width), relu()]).flat(),
  ]);
}

/** Agents that see. */
export const pixelRecipes: readonly AgentRecipe[] = [
  agentRecipe({
    name: 'catch-ball-dqn',
    summary: 'a convolutional double deep Q-network that catches a ball, from two pictures of it',
    paper: 'Mnih et al., Human-level Control through Deep Reinforcement Learning, Nature 518 (2015)',
    data: 'CatchBall',
    options: pixelOptions,
    preset: {
      steps: 1_600,
      options: {
        'rollout-steps': 44,
        updates: 8,
        minibatch: 64,
        capacity: 5_000,
        warmup: 20,
        'target-period': 100,
        gamma: 0.95,
        rate: 1e-3,
        'epsilon-over': 200,
        'anneal-steps': 1_600,
        depth: 1,
      },
    },
    build: (values, circumstances) =>
      dqnAssembly(
        values,
        circumstances,
        () => stackedFrames(catchBall({ side }), values.frames),
        pictureNetwork(values),
      ),
  }),
];

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixtures, hasGymnasium, python } from '../support/gymnasium.ts';
import { wholeAndKilled } from '../support/killed.ts';
import { checkpointNames, newestDigest, timelessLog } from '../support/run-files.ts';
import { scratchFolder, weir } from '../support/weir.ts';

const root = scratchFolder();
process.env.PYTHON = python;
process.env.PYTHONPATH = fixtures;

const quiet = ['--engine', 'onnx', '--quiet', '--no-serve'];

describe.skipIf(!hasGymnasium)('an agent in an environment of Gymnasium', () => {
  it.each([
    ['cart-pole-ppo', 'CartPole-v1', ['rollout-steps=16', 'minibatch=64', 'epochs=2']],
    ['pendulum-sac', 'Pendulum-v1', ['rollout-steps=20', 'updates=5', 'warmup=5', 'capacity=2000']],
  ] as const)(
    'killed again and again comes to the same bytes as in one go: %s',
    async (recipe, name, set) => {
      const args = [
        ...quiet,
        ...['--data', `gymnasium:${name}`, '--steps', '60', '--checkpoint-every', '5'],
        ...set.flatMap((option) => ['--set', option]),
      ];
      const { whole, run } = await wholeAndKilled(join(root, recipe), recipe, args);
      expect(checkpointNames(run).at(-1)).toBe(checkpointNames(whole).at(-1));
      expect(newestDigest(run)).toBe(newestDigest(whole));
      expect(timelessLog(run)).toBe(timelessLog(whole));
    },
  );

  it.each([
    ['CartPole-v99', 1, 'expected an environment that Gymnasium knows, got CartPole-v99'],
    [
      'Pendulum-v1',
      1,
      'expected an environment with discrete actions for this recipe, got gymnasium:Pendulum-v1',
    ],
    ['weir_environments:Dying', 2, 'ended with exit code 7'],
    ['weir_environments:Raising', 2, 'raised in step(): ValueError: the motor is off'],
  ])('ends with what is wrong: %s', async (name, code, message) => {
    const out = join(root, name.replace(':', '-'));
    const args = ['--data', `gymnasium:${name}`, '--steps', '2', '--out', out];
    const ended = await weir('train', 'cart-pole-dqn', ...quiet, ...args);
    expect(ended).toMatchObject({ code, stderr: expect.stringContaining(message) });
  });
});

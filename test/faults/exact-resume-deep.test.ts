import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wholeAndKilled } from '../support/killed.ts';
import { checkpointNames, newestDigest, timelessLog } from '../support/run-files.ts';
import { scratchFolder } from '../support/weir.ts';

const root = scratchFolder();

/** Runs of a few seconds, so that there is time to kill them. */
const runs = {
  'cart-pole-dqn': {
    steps: 600,
    set: ['prioritised=yes', 'dueling=yes', 'capacity=5000', 'warmup=10', 'n-step=3'],
  },
  'pendulum-sac': {
    steps: 120,
    set: ['rollout-steps=20', 'updates=10', 'warmup=5', 'capacity=2000', 'prioritised=yes', 'n-step=3'],
  },
  'pendulum-td3': {
    steps: 120,
    set: ['rollout-steps=20', 'updates=11', 'warmup=5', 'capacity=2000', 'policy-delay=3', 'hold=4'],
  },
  'catch-ball-dqn': { steps: 100, set: ['capacity=1000', 'warmup=5'] },
  'cart-pole-ppo': { steps: 120, set: ['epochs=4'] },
  'pendulum-ppo': { steps: 120, set: ['rollout-steps=64', 'epochs=4'] },
} as const;

describe.each(Object.entries(runs))('%s', (recipe, { steps, set }) => {
  it('killed again and again comes to the same bytes as in one go', async () => {
    const args = [
      '--engine',
      'onnx',
      '--quiet',
      '--no-serve',
      '--steps',
      String(steps),
      '--checkpoint-every',
      '5',
      ...set.flatMap((option) => ['--set', option]),
    ];
    const { whole, run } = await wholeAndKilled(join(root, recipe), recipe, args);
    expect(checkpointNames(run).at(-1)).toBe(checkpointNames(whole).at(-1));
    expect(newestDigest(run)).toBe(newestDigest(whole));
    expect(timelessLog(run)).toBe(timelessLog(whole));
  });
});

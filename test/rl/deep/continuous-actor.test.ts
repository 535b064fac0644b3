import { describe, expect, it } from 'vitest';
import { keyOf, Value } from '../../../src/engine/index.ts';
import { sgd } from '../../../src/models/index.ts';
import { pendulum, sac, td3, VectorEnvironment } from '../../../src/rl/index.ts';
import { expectClose } from '../../models/support.ts';
import { linear, runOn } from './support.ts';

const options = {
  observation: 3,
  action: { low: [-2], high: [2] },
  network: { hidden: [], activation: 'relu' } as const,
  optimizer: sgd({ rate: 0.1 }),
  rolloutSteps: 40,
  updates: 1,
};
const environments = () => new VectorEnvironment(pendulum, { count: 2, seed: 1 });
const moment = { index: 0, key: keyOf(1) };

/** What an actor whose network gives these numbers everywhere does in 40 steps of two pendulums. */
function actions(outputs: number[], changed: object, index = 0) {
  const method = outputs.length === 2 ? sac({ ...options, ...changed }) : td3({ ...options, ...changed });
  const actor = method.actor();
  actor.load(
    linear(
      [outputs, outputs, outputs].map((row) => row.map(() => 0)),
      outputs,
    ),
  );
  const rollout = actor.collect(environments(), { ...moment, index });
  return { rollout, actor, actions: [...rollout.actions] };
}

describe('an actor for continuous control', () => {
  it('acts at random, uniformly between the bounds, while it warms up', () => {
    const { actions: first } = actions([100, 0], { warmup: 1 });
    expect(first).toHaveLength(80);
    expect(Math.min(...first)).toBeLessThan(-0.8);
    expect(Math.max(...first)).toBeGreaterThan(0.8);
    expect(actions([100, 0], { warmup: 1 }, 1).actions.every((action) => action === 1)).toBe(true);
  });

  it('draws from the squashed normal', () => {
    const { actions: drawn } = actions([0.5, Math.log(0.1)], {});
    const back = drawn.map(Math.atanh);
    const mean = back.reduce((sum, u) => sum + u, 0) / back.length;
    const deviation = Math.sqrt(back.reduce((sum, u) => sum + (u - mean) ** 2, 0) / back.length);
    expect(mean).toBeCloseTo(0.5, 1);
    expect(deviation).toBeCloseTo(0.1, 1);
  });

  it('adds the noise of the step to the action of a policy without chance, and cuts the sum', () => {
    const noise = (index: number) => (index === 0 ? 0 : 10);
    expect(actions([0.5], { noise }).actions).toEqual(new Array(80).fill(Math.fround(Math.tanh(0.5))));
    expect(new Set(actions([0.5], { noise }, 1).actions.filter((action) => Math.abs(action) === 1))).toEqual(
      new Set([-1, 1]),
    );
  });

  it('holds its noise for at most so many steps of an environment', () => {
    const { actions: drawn } = actions([0, 0], { hold: 5 });
    for (const first of [0, 1]) {
      const own = drawn.filter((_, row) => row % 2 === first);
      const runs: number[] = [];
      for (const [i, action] of own.entries())
        if (i > 0 && action === own[i - 1]) runs[runs.length - 1]!++;
        else runs.push(1);
      expect(Math.max(...runs)).toBeGreaterThan(2);
      expect(Math.max(...runs)).toBeLessThanOrEqual(5);
    }
  });

  it('takes the middle of the squashed normal for the best, within the bounds of the environment', () => {
    const { actor } = actions([0.5, 3], {});
    expect(actor.best([0, 0, 0])[0]).toBeCloseTo(2 * Math.tanh(0.5), 6);
    expect(actions([-100], {}).actor.best([0, 0, 0])).toEqual([-2]);
  });

  it.each([sac, td3])('has a policy to export that gives the same action as %o', (make) => {
    const method = make({
      ...options,
      action: { low: [-1, 0], high: [3, 4] },
      network: { hidden: [8], activation: 'relu' },
    });
    const state = method.init(keyOf(2));
    const actor = method.actor();
    actor.load(method.weights(state));
    const { program } = method.networks!.policy!;
    const observation = Value.of([1, -0.5, 2], [1, 3]);
    const { outputs } = runOn(state, { program, inputs: { observation } });
    expectClose(outputs.action as Value, [...actor.best([1, -0.5, 2])], 1e-5);
  });
});
